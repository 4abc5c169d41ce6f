import type { RealtimeState } from '../../types'
import { count } from '../format/formatCount'
import { formatSpan } from '../format/formatTime'

/** What was missed and what that means, e.g. "Missed 14:31:05–14:31:20. No scene events lost." */
export function gapSentence({ from, to, lost }: RealtimeState['gaps'][number]): string {
  const time = `Missed ${formatSpan(from, to)}.`
  if (lost === 'unknown')
    return `${time} The server has no record of what came before, so what happened then can’t be known.`
  return lost === 0 ? `${time} No scene events lost.` : `${time} ${count(lost, 'scene event')} lost.`
}
