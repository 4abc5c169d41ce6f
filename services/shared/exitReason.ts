import type { ExitReason, HistoricalSceneMetrics } from '../../types'

/**
 * What outranks what when one prompt is saved with two ends (docs/protocol.md, "Two ends of one prompt"). What the queuing side
 * says of its own limits is above what the server saw as their effect; knowing nothing is below everything.
 */
const RANK: Readonly<Record<ExitReason, number>> = {
  unknown: 0,
  serverRestart: 1,
  deleted: 2,
  interrupted: 3,
  success: 4,
  error: 5,
  outOfMemory: 6,
  attemptLimit: 7,
  postExecution: 8,
  maxWait: 9,
  rejected: 10,
}

const STATUS: Readonly<Record<ExitReason, HistoricalSceneMetrics['status']>> = {
  success: 'success',
  maxWait: 'timeout',
  attemptLimit: 'timeout',
  postExecution: 'timeout',
  error: 'failed',
  outOfMemory: 'failed',
  serverRestart: 'failed',
  rejected: 'failed',
  unknown: 'failed',
  interrupted: 'skipped',
  deleted: 'skipped',
}

/** All of them. */
export const exitReasons: readonly ExitReason[] = [
  'success',
  'error',
  'outOfMemory',
  'interrupted',
  'deleted',
  'serverRestart',
  'maxWait',
  'attemptLimit',
  'postExecution',
  'rejected',
  'unknown',
]

/** A number that grows with the rank; equal only for the same reason. */
export const exitRank = (reason: ExitReason): number => RANK[reason]

/** How a scene is stored whose last attempt ended so. */
export const sceneStatusOf = (reason: ExitReason): HistoricalSceneMetrics['status'] => STATUS[reason]

/**
 * Whether a terminal message may replace an earlier one of the same prompt on the wire: only an outcome told by the queuing
 * side over interrupted, deleted and success; every other message after a terminal one is late and ignored.
 */
export function supersedes(later: ExitReason, earlier: ExitReason): boolean {
  return TOLD.has(later) && (earlier === 'interrupted' || earlier === 'deleted' || earlier === 'success')
}

const TOLD: ReadonlySet<ExitReason> = new Set<ExitReason>([
  'maxWait',
  'attemptLimit',
  'postExecution',
  'rejected',
])
