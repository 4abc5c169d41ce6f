import type { RealtimeState } from '../../types'
import { formatClock } from '../format/formatTime'
import { count } from '../format/formatCount'

/** What was missed and what that means, e.g. "Missed 14:31:05–14:31:20. No scene events lost." */
export function gapSentence({ from, to, lost }: RealtimeState['gaps'][number]): string {
  const time = `Missed ${formatClock(from)}–${formatClock(to)}.`
  if (lost === 'unknown')
    return `${time} The server has no record of what came before, so what happened then can’t be known.`
  return lost === 0 ? `${time} No scene events lost.` : `${time} ${count(lost, 'scene event')} lost.`
}
