import type {
  ExecutionError,
  ExitReason,
  PromptGraph,
  QueuePolicy,
  RealtimeTelemetryUpdate,
} from '../../types'
import { isTerminal } from '../realtime/sceneBoard'
import type { Waker } from '../shared/createWaker'
import type { ComfyClient } from './createComfyClient'

/** How a prompt ended for the one who queued it. */
export interface PromptEnd {
  readonly exitReason: ExitReason
  readonly error?: ExecutionError
  /** Answers of the history that were asked for. */
  readonly polls: number
}
export interface WatchedPrompt {
  readonly promptId: string
  readonly graph: PromptGraph
  /** When its max wait began: the POST, or when nothing of its run was before it any more; undefined until then. */
  readonly waitsSince: () => number | undefined
}
export interface WatchWorld {
  readonly client: Pick<ComfyClient, 'fateOf'>
  readonly now: () => number
  /** Woken from outside whenever `waitsSince` changes or the signal aborts. */
  readonly waker: Waker
  readonly onLifecycle: (listener: (updates: readonly RealtimeTelemetryUpdate[]) => void) => () => void
  readonly signal: AbortSignal
}

/**
 * Follows one queued prompt to its end under a policy: the history is polled every `pollIntervalSeconds`, the stream's word makes
 * the next poll come at once (docs/generate.md, "The policy, setting by setting"). A limit that falls due is checked against the
 * history once more, so that what ended in time is never called late. Resolves to undefined when the signal aborts.
 */
export async function watchPrompt(
  prompt: WatchedPrompt,
  policy: QueuePolicy,
  world: WatchWorld,
): Promise<PromptEnd | undefined> {
  const { now, waker, signal } = world
  const watch: Watch = { polls: 0, nextPoll: now() + policy.pollIntervalSeconds * 1_000 }
  const unsubscribe = world.onLifecycle((updates) => {
    const end = updates.find((update) => update.promptId === prompt.promptId && isTerminal(update))
    if (!end) return
    watch.told = end
    waker.wake()
  })
  try {
    for (;;) {
      if (signal.aborted) return undefined
      const end = await step(prompt, policy, world, watch)
      if (end) return { ...end, polls: watch.polls }
      if (!signal.aborted) await waker.sleep(nextLook(prompt, policy, watch))
    }
  } finally {
    unsubscribe()
  }
}

interface Watch {
  polls: number
  nextPoll: number
  told?: RealtimeTelemetryUpdate
  /** When the execution was first known to have succeeded. */
  executedAt?: number
}
type End = Omit<PromptEnd, 'polls'>

async function step(
  prompt: WatchedPrompt,
  policy: QueuePolicy,
  world: WatchWorld,
  watch: Watch,
): Promise<End | undefined> {
  const told = toldEnd(watch.told)
  if (told && told.exitReason !== 'success') return told
  const isNews = told !== undefined && watch.executedAt === undefined
  if (isNews) watch.executedAt = world.now()
  const limit = limitOf(prompt, policy, watch, world.now())
  if (!isNews && !limit && world.now() < watch.nextPoll) return undefined
  watch.nextPoll = world.now() + policy.pollIntervalSeconds * 1_000
  const fate = await world.client.fateOf(prompt.promptId)
  if (fate.kind !== 'unanswered') watch.polls += 1
  if (fate.kind === 'success') {
    watch.executedAt ??= world.now()
    if (fate.hasOutputs || !savesFiles(prompt.graph)) return { exitReason: 'success' }
  }
  if (fate.kind === 'error' || fate.kind === 'outOfMemory')
    return { exitReason: fate.kind, error: fate.error }
  if (fate.kind === 'interrupted') return toldEnd(watch.told) ?? { exitReason: 'interrupted' }
  return limitOf(prompt, policy, watch, world.now())
}

function limitOf(prompt: WatchedPrompt, policy: QueuePolicy, watch: Watch, now: number): End | undefined {
  if (now >= postExecutionDue(policy, watch)) return { exitReason: 'postExecution' }
  if (now >= maxWaitDue(prompt, policy, watch)) return { exitReason: 'maxWait' }
  if (policy.maxAttempts > 0 && watch.polls >= policy.maxAttempts) return { exitReason: 'attemptLimit' }
  return undefined
}

const nextLook = (prompt: WatchedPrompt, policy: QueuePolicy, watch: Watch): number =>
  Math.min(watch.nextPoll, maxWaitDue(prompt, policy, watch), postExecutionDue(policy, watch))

/** 0 seconds: no limit. What has been executed is waited for by the other limit. */
function maxWaitDue(prompt: WatchedPrompt, { maxWaitSeconds }: QueuePolicy, { executedAt }: Watch): number {
  const since = prompt.waitsSince()
  const isLimited = since !== undefined && maxWaitSeconds > 0 && executedAt === undefined
  return isLimited ? since + maxWaitSeconds * 1_000 : Infinity
}

function postExecutionDue(
  { postExecutionTimeoutSeconds: limit }: QueuePolicy,
  { executedAt }: Watch,
): number {
  return executedAt === undefined ? Infinity : executedAt + limit * 1_000
}

function toldEnd(update: RealtimeTelemetryUpdate | undefined): End | undefined {
  if (!update) return undefined
  const exitReason = update.exitReason ?? (update.status === 'completed' ? 'success' : 'unknown')
  return { exitReason, ...(update.error ? { error: update.error } : {}) }
}

/** A workflow without a node that saves or shows files has no outputs to wait for. */
const savesFiles = (graph: PromptGraph): boolean =>
  Object.values(graph).some(({ class_type: type }) => /save|preview|output|videocombine/i.test(type))
