import type { RealtimeState } from '../../types'
import { count } from '../format/formatCount'

/**
 * What a stream lost and what was made up for, e.g. "No scene event was lost. 5 came from the server’s journal." Of a time that nobody
 * has a record of it promises nothing.
 */
export function lossSentence({ counters, gaps }: Pick<RealtimeState, 'counters' | 'gaps'>): string {
  const { lost, replayed, refused } = counters
  const isUnknown = gaps.some((gap) => gap.lost === 'unknown')
  return [
    isUnknown ? `${UNKNOWN}; outside of it ${lostWords('no', lost)}.` : `${lostWords('No', lost)} lost.`,
    replayed > 0 ? `${count(replayed, 'event')} came from the server’s journal.` : '',
    refused > 0 ? `${count(refused, 'message')} could not be read and ${wasOrWere(refused)} left out.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

const UNKNOWN = 'What was lost in a time that was missed can’t be known'

const lostWords = (no: string, lost: number): string =>
  lost === 0 ? `${no} scene event was` : `${count(lost, 'scene event')} ${wasOrWere(lost)}`

const wasOrWere = (n: number): string => (n === 1 ? 'was' : 'were')
