import type { AttemptRecord, GpuSummary, RealtimeTelemetryUpdate } from '../../types'
import type { OpenPrompt } from '../history/recorderStore'
import { definedMembers } from '../shared/definedMembers'
import { isTerminal } from '../realtime/sceneBoard'

/**
 * Lays an update over what was known of its prompt. The times of its states are those of the first that named them; an end that
 * says how long it took knows best when it began. `heard` stands in where nobody tells the figures of the whole execution.
 */
export function openPromptOf(
  before: OpenPrompt | undefined,
  update: RealtimeTelemetryUpdate,
  promptId: string,
  heard?: GpuSummary,
): OpenPrompt {
  const queuedAt = before?.queuedAt ?? queuedTime(update)
  const named = isTerminal(update) && update.duration !== undefined ? undefined : before?.startedAt
  const startedAt = named ?? startedTime(update)
  return {
    source: update.source ?? before?.source ?? '',
    promptId,
    update: { ...definedMembers({ gpu: heard }), ...lastingOf(before?.update), ...update },
    ...definedMembers({ queuedAt, startedAt }),
  }
}

/** What stays true of a prompt whatever it does next; of one that ended, everything. */
function lastingOf(update: RealtimeTelemetryUpdate | undefined): Partial<RealtimeTelemetryUpdate> {
  if (update && isTerminal(update)) return update
  const { duration: _duration, progress: _progress, ...lasting } = update ?? {}
  return lasting
}

/** Whoever missed the queued message still knows when it was, if the server told how long the prompt waited. */
function queuedTime(update: RealtimeTelemetryUpdate): number | undefined {
  if (update.status === 'queued') return update.timestamp
  const started = startedTime(update)
  if (started === undefined || update.queueWait === undefined) return undefined
  return Math.max(0, started - update.queueWait)
}

function startedTime(update: RealtimeTelemetryUpdate): number | undefined {
  if (update.status === 'queued') return undefined
  // A server may claim to have begun before there were clocks.
  if (update.duration !== undefined) return Math.max(0, update.timestamp - update.duration)
  return update.status === 'executing' ? update.timestamp : undefined
}

/** The record of an attempt whose prompt has come to its end; absent stays absent. */
export function attemptOf(prompt: OpenPrompt, endedAt: number): AttemptRecord {
  const { update } = prompt
  const exitReason = update.exitReason ?? (update.status === 'completed' ? 'success' : 'unknown')
  const gpuName =
    update.environment?.gpuName ?? update.gpus?.find(({ index }) => index === (update.gpuIndex ?? 0))?.name
  const maxWait =
    update.policy && update.policy.maxWaitSeconds > 0 ? update.policy.maxWaitSeconds * 1_000 : undefined
  const duration = isTerminal(update) ? update.duration : undefined
  return {
    attempt: update.attempt ?? 1,
    source: prompt.source,
    promptId: prompt.promptId,
    endedAt,
    exitReason,
    ...definedMembers({
      attemptGiven: update.attemptGiven,
      queuedAt: prompt.queuedAt,
      startedAt: prompt.startedAt,
      queueWait: update.queueWait,
      duration,
      error: update.error,
      nodeTimes: update.nodeTimes,
      gpu: update.gpu,
      gpuName,
      gpuIndex: update.gpuIndex,
      environment: update.environment,
      cached: update.cached,
      cold: update.cold,
      maxWait,
      outputs: update.outputs,
    }),
  }
}

/** The prompt that a record was made of, as far as it tells: what a later word about it is laid over. */
export function pastPromptOf(
  { runId, sceneId }: { readonly runId: string; readonly sceneId: string },
  attempt: AttemptRecord,
  promptId: string,
): OpenPrompt {
  const {
    source = '',
    queuedAt,
    startedAt,
    endedAt,
    exitReason,
    maxWait: _,
    gpuName: __,
    ...figures
  } = attempt
  return {
    source,
    promptId,
    ...definedMembers({ queuedAt, startedAt }),
    update: {
      ...figures,
      runId,
      sceneId,
      promptId,
      source,
      exitReason,
      status: exitReason === 'success' ? 'completed' : 'failed',
      timestamp: endedAt ?? 0,
    },
  }
}
