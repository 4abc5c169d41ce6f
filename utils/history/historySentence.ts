import type { HistoryStatistics, Trend } from '../../types'
import type { TrendShape } from '../comparison/describeEstimate'
import { formatRange, formatRatio } from '../comparison/formatRatio'
import { count, whole } from '../format/formatCount'
import { formatDuration, THIN } from '../format/formatDuration'
import { formatDay } from '../format/formatTime'

/** A figure or a verdict of the line above the table, and what it rests on. */
export interface SentencePart {
  readonly text: string
  /** For hover and focus. */
  readonly basis: string
  readonly shape?: TrendShape
}

/** `312 of 4,120 runs`; without a filter `4,120 runs`. */
export const countWords = (total: number, unfiltered: number | undefined): string =>
  unfiltered === undefined || unfiltered <= total
    ? count(total, 'run')
    : `${whole(total)} of ${count(unfiltered, 'run')}`

/** A filter as it is written and how many runs match it: `status:failed, 312 of 4,120 runs`; '' without a filter. */
export const filterWords = (query: string, total: number, unfiltered: number | undefined): string =>
  query === '' ? '' : `${query}, ${countWords(total, unfiltered)}`

/** What is known of the matching runs besides their number; what isn't known is left out. */
export function figureParts(
  statistics: HistoryStatistics,
  trend: Trend | undefined,
): readonly SentencePart[] {
  const { byMetric, runs, scenes, excludedCached } = statistics
  const of = `of ${count(scenes, 'scene')} in ${count(runs, 'run')}`
  const cached = excludedCached === 0 ? '' : `; ${count(excludedCached, 'cached scene')} left out`
  const rate = byMetric.successRate.avg
  const median = byMetric.duration.p50
  return [
    ...(rate === undefined
      ? []
      : [{ text: `${Math.round(rate * 100)}${THIN}% success`, basis: `Mean ${of}` }]),
    ...(median === undefined
      ? []
      : [{ text: `median ${formatDuration(median)}`, basis: `Median ${of}${cached}` }]),
    ...(trend === undefined ? [] : [trendPart(trend)]),
  ]
}

function trendPart({ verdict, changePoints, n }: Trend): SentencePart {
  const basis = `Durations of ${count(n, 'run')}`
  const change = changePoints.at(-1)
  if (verdict === 'cannot tell')
    return { text: 'cannot tell yet whether it changed', basis, shape: 'unknown' }
  if (verdict === 'same' || !change) return { text: 'no change shown', basis, shape: 'same' }
  const word = verdict === 'worse' ? 'slower' : 'faster'
  const differs = change.differs.length === 0 ? '' : `; differs: ${change.differs.join(', ')}`
  return {
    text: `${word} since ${formatDay(change.timestamp)}`,
    basis: `${formatRatio(change.ratio)} (${formatRange(change.low, change.high)}) by ${count(n, 'run')}${differs}`,
    shape: verdict,
  }
}
