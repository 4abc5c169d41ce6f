import type { Random } from '../services/shared/createRandom'
import { createListeners } from '../services/shared/createStore'
import type { ExecutionError, NodeTime } from '../types'
import type { Clock } from './clock'
import { createPauses, type Pauses } from './createPauses'
import { ERRORS, outputsOf, planOf, type NodePlan } from './nodePlan'
import type { Scenario } from './scenarios'
import type { Breakage, EndedPrompt, RunningPrompt, SimulatedPrompt } from './simulatedPrompt'

/** What happened to a prompt. */
export type EngineEvent =
  | { readonly type: 'queued'; readonly prompt: SimulatedPrompt }
  | { readonly type: 'started'; readonly prompt: RunningPrompt }
  | { readonly type: 'node'; readonly prompt: RunningPrompt; readonly nodeId: string }
  | { readonly type: 'progress'; readonly prompt: RunningPrompt }
  | { readonly type: 'ended'; readonly prompt: EndedPrompt }

/** The queue, what executes, and the history. */
export interface Engine {
  readonly waiting: readonly SimulatedPrompt[]
  readonly running: ReadonlyMap<string, RunningPrompt>
  readonly ended: ReadonlyMap<string, EndedPrompt>
  queue(prompt: Omit<SimulatedPrompt, 'number' | 'queuedAt' | 'queuedMono'>): SimulatedPrompt
  /** Without an id, whatever executes. */
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

/** How a node broke. */
interface Broken {
  readonly end: Breakage
  readonly error: ExecutionError
}

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
    const pauses = createPauses<'interrupted' | 'crashed'>(pace)
    running.set(prompt.promptId, run)
    stops.set(prompt.promptId, pauses.end)
    listeners.emit({ type: 'started', prompt: run })
    const nodeTimes: NodeTime[] = []
    let broken: Broken | undefined
    for (const node of planOf(prompt, scenario, random, run.cold)) {
      const began = clock.mono()
      broken = await executeNode(run, node, pauses)
      if (broken || pauses.ended()) break
      nodeTimes.push({ nodeId: node.nodeId, nodeType: node.nodeType, ms: clock.mono() - began })
    }
    const stopped = pauses.ended()
    if (stopped === 'crashed') return
    const end = stopped ?? broken?.end ?? 'success'
    finish({
      ...prompt,
      startedAt: run.startedAt,
      duration: clock.mono() - run.startedMono,
      queueWait: run.startedMono - run.queuedMono,
      endedAt: clock.wall(),
      end,
      ...(broken ? { error: broken.error } : {}),
      nodeTimes,
      outputs: end === 'success' ? outputsOf(prompt) : [],
    })
    startNext()
  }

  /** Answers how it broke; undefined when it came to its end, or was stopped. */
  const executeNode = async (
    run: RunningPrompt,
    { nodeId, nodeType, steps, stepMs, goesWrong }: NodePlan,
    pauses: Pauses<unknown>,
  ): Promise<Broken | undefined> => {
    listeners.emit({ type: 'node', prompt: run, nodeId })
    for (let step = 1; step <= steps && !pauses.ended(); step++) {
      const isHalf = step >= steps / 2
      await pauses.wait(isHalf && goesWrong === 'never' ? Infinity : stepMs)
      if (pauses.ended()) return undefined
      run.progress = { value: step, max: steps, nodeId, nodeType }
      listeners.emit({ type: 'progress', prompt: run })
      if (isHalf && goesWrong !== undefined && goesWrong !== 'never')
        return { end: goesWrong, error: { ...ERRORS[goesWrong], nodeId, nodeType } }
    }
    return undefined
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
