import { workflowSummary } from '../services/comfy/workflowSummary'
import type { Random } from '../services/shared/createRandom'
import { createListeners } from '../services/shared/createStore'
import { definedMembers } from '../services/shared/definedMembers'
import type { ExitReason, GpuReading, GpuTrace } from '../types'
import type { Clock } from './clock'
import type { Engine } from './createEngine'
import { createGpu, summarise } from './createGpu'
import type { Journal, Journaled, JournalMessage } from './createJournal'
import { isRecord } from './isRecord'
import { outranks, readOutcome, readRun, type Fields } from './readTold'
import type { EndedPrompt, RunningPrompt, SimulatedPrompt } from './simulatedPrompt'

/** The telemetry node's knowledge: what the engine did, as journaled messages, samples, traces. */
export interface SimulatedNode {
  readonly journal: Journal
  readonly gpus: readonly GpuReading[]
  readonly clock: Clock
  /** Every prompt that isn't terminal, each as its newest update. */
  state(): readonly object[]
  /** A sample of each executing prompt. */
  samples(): readonly Readonly<Record<string, unknown>>[]
  trace(promptId: string): GpuTrace | undefined
  /** What a client tells: an outcome or a run; false if it isn't what the protocol says. */
  hear(message: unknown): boolean
  /** As the node does at start: every prompt that its journal shows open ended with the server. */
  endLost(): void
  subscribe(listener: (message: Journaled) => void): () => void
  dispose(): void
}

interface Attempt {
  readonly identity: Fields
  latest: Fields
  status: 'queued' | 'executing' | 'ended'
  readonly trace: { at: number; gpus: readonly GpuReading[] }[]
}

const TRACE_LIMIT = 1_000
const TRACES_KEPT = 200
/** As the node: at least one sample a second, whoever listens. */
const TRACE_MS = 1_000

/** Listens to the engine from now on. `pace` multiplies the time between two samples. Whoever made it disposes of it. */
export function createNode(
  engine: Engine,
  journal: Journal,
  source: string,
  random: Random,
  pace: number,
  clock: Clock,
): SimulatedNode {
  const listeners = createListeners<[Journaled]>()
  const gpu = createGpu(random)
  const attempts = new Map<string, Attempt>()
  const attemptCounts = new Map<string, number>()
  let adhoc: string | undefined
  let gpus: readonly GpuReading[] = [gpu.read(false)]

  const record = (message: JournalMessage): void => listeners.emit(journal.append(message))

  const identify = (promptId: string, runId: unknown, sceneId: unknown): Fields => {
    const key = `${String(runId)}\u0000${String(sceneId)}`
    const attempt = (attemptCounts.get(key) ?? 0) + 1
    attemptCounts.set(key, attempt)
    return { sceneId, runId, promptId, attempt, attempts: attempt }
  }

  const update = (attempt: Attempt, fields: Fields): void => {
    attempt.latest = { ...attempt.latest, ...fields }
    record({ type: 'update', ...attempt.identity, ...fields })
  }

  const onQueued = (prompt: SimulatedPrompt): void => {
    const label = labelOf(prompt)
    if (typeof label.runId !== 'string') adhoc ??= `adhoc-${prompt.promptId}`
    const runId = typeof label.runId === 'string' ? label.runId : adhoc
    const sceneId = typeof label.sceneId === 'string' ? label.sceneId : prompt.promptId
    const { runName, storyId, sceneCount, tags, policy } = label
    const first = definedMembers({ runName, storyId, sceneCount, tags, policy })
    const identity = identify(prompt.promptId, runId, sceneId)
    const attempt: Attempt = { identity, latest: identity, status: 'queued', trace: [] }
    attempts.set(prompt.promptId, attempt)
    update(attempt, { ...first, status: 'queued', timestamp: prompt.queuedAt, queueRemaining: open().length })
  }

  const onStarted = (prompt: RunningPrompt): void => {
    const attempt = attempts.get(prompt.promptId)
    if (!attempt || attempt.status === 'ended') return
    attempt.status = 'executing'
    update(attempt, {
      status: 'executing',
      timestamp: prompt.startedAt,
      queueWait: prompt.startedMono - prompt.queuedMono,
      cold: prompt.cold,
      cached: 0,
      environment: {
        ...workflowSummary(prompt.graph),
        gpuName: gpu.name,
        gpuDriver: '570.86',
        comfyVersion: '0.3.64',
        torchVersion: '2.6.0',
      },
    })
  }

  const onEnded = (prompt: EndedPrompt): void => {
    const attempt = attempts.get(prompt.promptId)
    if (!attempt || attempt.status === 'ended') return
    attempt.status = 'ended'
    update(attempt, {
      status: prompt.end === 'success' ? 'completed' : 'failed',
      timestamp: prompt.endedAt,
      exitReason: prompt.end satisfies ExitReason,
      ...(prompt.startedAt === undefined
        ? {}
        : {
            ...executionOf(attempt, prompt.queueWait, prompt.duration),
            nodeTimes: prompt.nodeTimes,
          }),
      ...(prompt.error ? { error: prompt.error } : {}),
      ...(prompt.outputs.length > 0 ? { outputs: prompt.outputs } : {}),
    })
    forgetOldTraces()
    if (engine.waiting.length === 0 && engine.running.size === 0) adhoc = undefined
  }

  const open = (): readonly Attempt[] => [...attempts.values()].filter(({ status }) => status !== 'ended')

  const forgetOldTraces = (): void => {
    for (const [promptId, attempt] of attempts) {
      if (attempts.size <= TRACES_KEPT) return
      if (attempt.status === 'ended') attempts.delete(promptId)
    }
  }

  const takeSample = (): void => {
    gpus = [gpu.read(engine.running.size > 0)]
    for (const promptId of engine.running.keys()) {
      const trace = attempts.get(promptId)?.trace
      if (trace && trace.length < TRACE_LIMIT) trace.push({ at: clock.wall(), gpus })
    }
  }

  const handlers = { queued: onQueued, started: onStarted, ended: onEnded }
  const unsubscribe = engine.subscribe((event) => {
    if (event.type === 'queued') handlers.queued(event.prompt)
    if (event.type === 'started') handlers.started(event.prompt)
    if (event.type === 'ended') handlers.ended(event.prompt)
    if (event.type === 'started' || event.type === 'ended') takeSample()
  })
  const timer = setInterval(takeSample, TRACE_MS * Math.min(1, pace))

  return {
    journal,
    clock,
    get gpus() {
      return gpus
    },
    state: () => {
      const samples = new Map(samplesOf().map((sample) => [sample.promptId, sample]))
      return open().map(({ latest }) => ({ ...latest, ...samples.get(latest.promptId), type: undefined }))
    },
    samples: samplesOf,
    trace(promptId) {
      const points = attempts.get(promptId)?.trace
      return points ? { source, promptId, points, gaps: [] } : undefined
    },
    hear(message) {
      if (!isRecord(message)) return false
      return message.type === 'run' ? hearRun(message) : hearOutcome(message)
    },
    endLost() {
      for (const attempt of open()) {
        attempt.status = 'ended'
        update(attempt, { status: 'failed', timestamp: clock.wall(), exitReason: 'serverRestart' })
      }
    },
    subscribe: listeners.add,
    dispose() {
      clearInterval(timer)
      unsubscribe()
      listeners.clear()
    },
  }

  function samplesOf(): readonly Readonly<Record<string, unknown>>[] {
    return [...engine.running.values()].flatMap((prompt) => {
      const attempt = attempts.get(prompt.promptId)
      if (attempt?.status !== 'executing') return []
      const [main] = gpus
      return {
        type: 'update',
        ...attempt.identity,
        status: 'executing',
        timestamp: clock.wall(),
        duration: clock.mono() - prompt.startedMono,
        queueRemaining: open().length,
        gpuIndex: 0,
        gpuVramFree: main?.vramFree,
        gpuUtilization: main?.utilization,
        gpus,
        progress: prompt.progress,
      }
    })
  }

  function hearRun(message: Fields): boolean {
    const run = readRun(message)
    if (run) record({ type: 'run', timestamp: clock.wall(), ...run })
    return run !== undefined
  }

  function hearOutcome(message: Fields): boolean {
    const outcome = readOutcome(message)
    if (!outcome) return false
    const { promptId, runId, sceneId, exitReason, error } = outcome
    const known = attempts.get(promptId)
    const ended = known?.latest.exitReason
    if (!outranks(ended)) return true
    const identity = known?.identity ?? identify(promptId, runId, sceneId)
    const attempt: Attempt = known ?? { identity, latest: identity, status: 'ended', trace: [] }
    attempts.set(promptId, attempt)
    const run = attempt.status === 'executing' ? engine.running.get(promptId) : undefined
    const execution =
      run && executionOf(attempt, run.startedMono - run.queuedMono, clock.mono() - run.startedMono)
    attempt.status = 'ended'
    const last = ended === undefined ? { timestamp: clock.wall(), ...execution } : attempt.latest
    update(attempt, { ...last, status: 'failed', exitReason, ...definedMembers({ error }) })
    return true
  }
}

/** What is told of an execution that is over. */
function executionOf({ trace }: Attempt, queueWait?: number, duration?: number): Fields {
  return {
    ...definedMembers({ duration, queueWait }),
    gpu: summarise(trace.flatMap(({ gpus: [first] }) => first ?? [])),
  }
}

function labelOf({ extraData: { telemetry } }: SimulatedPrompt): Fields {
  return isRecord(telemetry) ? telemetry : {}
}
