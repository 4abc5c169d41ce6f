import type { ExecutionError, NodeTime, OutputFile, PromptGraph } from '../types'
import { createListeners } from '../services/shared/createStore'
import type { Clock } from './clock'
import type { Random } from '../services/shared/createRandom'
import type { Scenario, SimulatedOutcome } from './scenarios'

/** A prompt as ComfyUI's queue holds it. */
export interface SimulatedPrompt {
  readonly promptId: string
  readonly number: number
  readonly graph: PromptGraph
  readonly extraData: Readonly<Record<string, unknown>>
  readonly clientId?: string
  readonly queuedAt: number
  /** By the monotonic clock. */
  readonly queuedMono: number
  /** How it is going to end; only the simulator's own stories ask for anything but success. */
  readonly outcome: SimulatedOutcome
}
export interface RunningPrompt extends SimulatedPrompt {
  readonly startedAt: number
  readonly startedMono: number
  readonly cold: boolean
  progress?: { value: number; max: number; nodeId: string; nodeType: string }
}
type Breakage = Exclude<SimulatedOutcome, 'success' | 'never'>
export type EngineEnd = 'success' | Breakage | 'interrupted' | 'deleted'
export interface EndedPrompt extends SimulatedPrompt {
  readonly startedAt?: number
  /** Of the execution and of the wait before it, ms; absent for a prompt that never executed. */
  readonly duration?: number
  readonly queueWait?: number
  readonly endedAt: number
  readonly end: EngineEnd
  readonly error?: ExecutionError
  readonly nodeTimes: readonly NodeTime[]
  readonly outputs: readonly OutputFile[]
}
export type EngineEvent =
  | { readonly type: 'queued'; readonly prompt: SimulatedPrompt }
  | { readonly type: 'started'; readonly prompt: RunningPrompt }
  | { readonly type: 'node'; readonly prompt: RunningPrompt; readonly nodeId: string }
  | { readonly type: 'progress'; readonly prompt: RunningPrompt }
  | { readonly type: 'ended'; readonly prompt: EndedPrompt }

export interface Engine {
  readonly waiting: readonly SimulatedPrompt[]
  readonly running: ReadonlyMap<string, RunningPrompt>
  readonly ended: ReadonlyMap<string, EndedPrompt>
  queue(prompt: Omit<SimulatedPrompt, 'number' | 'queuedAt' | 'queuedMono'>): SimulatedPrompt
  interrupt(promptId?: string): void
  /** Takes waiting prompts away; those that weren't there are passed over. */
  remove(promptIds: readonly string[]): void
  /** The process dies: what was open is gone without an event, and so is the history. Answers what was open. */
  crash(): readonly SimulatedPrompt[]
  subscribe(listener: (event: EngineEvent) => void): () => void
  dispose(): void
}

/** As many ended prompts as ComfyUI's history keeps. */
const HISTORY_LIMIT = 10_000

/**
 * What ComfyUI's prompt worker does, without a GPU: runs queued graphs node by node, on timers. `pace` multiplies all times.
 * Whoever made it disposes of it.
 */
export function createEngine(scenario: Scenario, random: Random, pace: number, clock: Clock): Engine {
  const listeners = createListeners<[EngineEvent]>()
  const waiting: SimulatedPrompt[] = []
  const running = new Map<string, RunningPrompt>()
  const ended = new Map<string, EndedPrompt>()
  const stops = new Map<string, (end: 'interrupted' | 'crashed') => void>()
  let count = 0
  let isWarm = false

  const finish = (prompt: EndedPrompt): void => {
    running.delete(prompt.promptId)
    stops.delete(prompt.promptId)
    ended.set(prompt.promptId, prompt)
    const [oldest] = ended.keys()
    if (ended.size > HISTORY_LIMIT && oldest !== undefined) ended.delete(oldest)
    listeners.emit({ type: 'ended', prompt })
  }

  const startNext = (): void => {
    while (running.size < scenario.parallel) {
      const prompt = waiting.shift()
      if (!prompt) return
      void execute(prompt)
    }
  }

  const execute = async (prompt: SimulatedPrompt): Promise<void> => {
    const run: RunningPrompt = {
      ...prompt,
      startedAt: clock.wall(),
      startedMono: clock.mono(),
      cold: !isWarm,
    }
    isWarm = true
    running.set(prompt.promptId, run)
    let stopped: 'interrupted' | 'crashed' | undefined
    let wake = (): void => undefined
    stops.set(prompt.promptId, (how) => {
      stopped = how
      wake()
    })
    const sleep = (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(resolve, ms * pace)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    listeners.emit({ type: 'started', prompt: run })
    const nodeTimes: NodeTime[] = []
    let error: ExecutionError | undefined
    let broken: Breakage | undefined
    for (const { nodeId, nodeType, steps, stepMs, goesWrong } of planOf(prompt, scenario, random, run.cold)) {
      const began = clock.mono()
      listeners.emit({ type: 'node', prompt: run, nodeId })
      for (let step = 1; step <= steps && !stopped && !error; step++) {
        const isHalf = step >= steps / 2
        await sleep(isHalf && goesWrong === 'never' ? Infinity : stepMs)
        if (stopped) break
        run.progress = { value: step, max: steps, nodeId, nodeType }
        listeners.emit({ type: 'progress', prompt: run })
        if (!isHalf || goesWrong === undefined || goesWrong === 'never') continue
        broken = goesWrong
        error = { ...ERRORS[broken], nodeId, nodeType }
      }
      if (stopped || error) break
      nodeTimes.push({ nodeId, nodeType, ms: clock.mono() - began })
    }
    if (stopped === 'crashed') return
    const end = stopped ?? broken ?? 'success'
    finish({
      ...prompt,
      startedAt: run.startedAt,
      duration: clock.mono() - run.startedMono,
      queueWait: run.startedMono - run.queuedMono,
      endedAt: clock.wall(),
      end,
      ...(error ? { error } : {}),
      nodeTimes,
      outputs: end === 'success' ? outputsOf(prompt) : [],
    })
    startNext()
  }

  return {
    waiting,
    running,
    ended,
    queue(asked) {
      const prompt = { ...asked, number: count++, queuedAt: clock.wall(), queuedMono: clock.mono() }
      waiting.push(prompt)
      listeners.emit({ type: 'queued', prompt })
      startNext()
      return prompt
    },
    interrupt(promptId) {
      const targets = promptId === undefined ? [...stops.keys()] : [promptId]
      for (const target of targets) stops.get(target)?.('interrupted')
    },
    remove(promptIds) {
      for (const promptId of promptIds) {
        const at = waiting.findIndex((prompt) => prompt.promptId === promptId)
        const [prompt] = at < 0 ? [] : waiting.splice(at, 1)
        if (!prompt) continue
        const deleted: EndedPrompt = {
          ...prompt,
          endedAt: clock.wall(),
          end: 'deleted',
          nodeTimes: [],
          outputs: [],
        }
        listeners.emit({ type: 'ended', prompt: deleted })
      }
    },
    crash() {
      const open = [...running.values(), ...waiting]
      waiting.length = 0
      for (const stop of [...stops.values()]) stop('crashed')
      stops.clear()
      running.clear()
      ended.clear()
      isWarm = false
      return open
    },
    subscribe: listeners.add,
    dispose() {
      for (const stop of [...stops.values()]) stop('crashed')
      waiting.length = 0
    },
  }
}

interface NodePlan {
  readonly nodeId: string
  readonly nodeType: string
  readonly steps: number
  readonly stepMs: number
  /** What happens halfway. */
  readonly goesWrong: Breakage | 'never' | undefined
}

/** The graph's nodes in the order of their ids; samplers take the time, and are where things break. */
function planOf(
  prompt: SimulatedPrompt,
  scenario: Scenario,
  random: Random,
  cold: boolean,
): readonly NodePlan[] {
  const noise = random.between(0.85, 1.2) * (cold ? scenario.coldFactor : 1)
  return Object.entries(prompt.graph).map(([nodeId, { class_type: nodeType }]): NodePlan => {
    const isSampler = /sampler|sleep/i.test(nodeType)
    const isLoader = /loader/i.test(nodeType)
    if (nodeType === 'Simulate') return simulated(nodeId, prompt)
    return {
      nodeId,
      nodeType,
      steps: isSampler ? scenario.steps : 1,
      stepMs: isSampler ? scenario.stepMs * noise : isLoader ? (cold ? 1_200 : 40) : 120,
      goesWrong: isSampler && prompt.outcome !== 'success' ? prompt.outcome : undefined,
    }
  })
}

/** A node that says itself how long it takes. */
function simulated(nodeId: string, { graph, outcome }: SimulatedPrompt): NodePlan {
  const seconds = Number(graph[nodeId]?.inputs.seconds ?? 1)
  const goesWrong = outcome === 'success' ? undefined : outcome
  return { nodeId, nodeType: 'Simulate', steps: 20, stepMs: seconds * 50, goesWrong }
}

const ERRORS: Readonly<Record<Breakage, ExecutionError>> = {
  outOfMemory: {
    type: 'torch.OutOfMemoryError',
    message: 'Allocation on device 0 would exceed allowed memory. (out of memory)',
  },
  error: { type: 'ValueError', message: 'Sizes of tensors must match: expected 64, got 72' },
}

function outputsOf(prompt: SimulatedPrompt): readonly OutputFile[] {
  return Object.entries(prompt.graph)
    .filter(([, node]) => /^Save/.test(node.class_type))
    .map(([nodeId]) => ({
      nodeId,
      filename: `scene_${String(prompt.number + 1).padStart(5, '0')}_.png`,
      subfolder: '',
      type: 'output',
    }))
}
