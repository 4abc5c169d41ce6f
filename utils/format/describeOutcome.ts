import type { ExecutionError, ExitReason, QueuePolicy } from '../../types'
import { formatDuration } from './formatDuration'

/** One word for each status, used everywhere. */
export type SceneMark = 'queued' | 'executing' | 'completed' | 'failed' | 'timeout' | 'skipped'

const MARKS: Readonly<Record<ExitReason, SceneMark>> = {
  success: 'completed',
  error: 'failed',
  outOfMemory: 'failed',
  serverRestart: 'failed',
  rejected: 'failed',
  unknown: 'failed',
  maxWait: 'timeout',
  attemptLimit: 'timeout',
  postExecution: 'timeout',
  interrupted: 'skipped',
  deleted: 'skipped',
}

/** The mark of a live status with the reason it ended for. */
export function markOf(
  status: 'queued' | 'executing' | 'completed' | 'failed',
  reason?: ExitReason,
): SceneMark {
  return status === 'failed' && reason ? MARKS[reason] : status
}

/** The mark of an attempt that ended; nobody having told how, it failed. */
export const markOfEnd = (reason: ExitReason | undefined): SceneMark => MARKS[reason ?? 'unknown']

/** The mark of a saved scene. */
export const markOfSaved = (status: 'success' | 'failed' | 'timeout' | 'skipped'): SceneMark =>
  status === 'success' ? 'completed' : status

interface Outcome {
  readonly reason: string | undefined
  readonly error?: ExecutionError | undefined
  readonly policy?: QueuePolicy | undefined
}

/** Why a scene ended as it did, in a sentence; undefined when it simply succeeded. */
export function describeOutcome({ reason, error, policy }: Outcome): string | undefined {
  const where = error?.nodeType ? ` in ${error.nodeType}` : ''
  switch (reason) {
    case undefined:
    case 'success':
      return undefined
    case 'outOfMemory':
      return `Ran out of GPU memory${where}. Try a smaller batch or size.`
    case 'error':
      return error?.message ? `Failed${where}: ${firstLine(error.message)}` : `Failed${where}.`
    case 'maxWait':
      return policy
        ? `Stopped at ${formatDuration(policy.maxWaitSeconds * 1_000)}, the limit you set. It may have needed longer.`
        : 'Stopped at the limit that was set. It may have needed longer.'
    case 'attemptLimit':
      return 'Stopped after the last poll that was allowed. It may have needed longer.'
    case 'postExecution':
      return 'It finished, but its files did not appear in time.'
    case 'interrupted':
      return 'Interrupted.'
    case 'deleted':
      return 'Deleted from the queue before it began.'
    case 'serverRestart':
      return 'The server went away while it was at it.'
    case 'rejected':
      return error?.message ? `The server refused it: ${firstLine(error.message)}` : 'The server refused it.'
    default:
      return 'Nobody told how it ended.'
  }
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n')
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}
