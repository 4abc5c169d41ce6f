import type { QueuePause } from '../../types'
import { formatSpan } from '../format/formatTime'

/** Why nothing of a run was queued for a while, and how it went on. */
export function pauseSentence({ from, to, isResumed }: QueuePause): string {
  return isResumed
    ? `Cut off ${formatSpan(from, to)}: its tab was closed or reloaded, until somebody went on with it.`
    : `Paused ${formatSpan(from, to)}: this tab stood still. It went on by itself.`
}
