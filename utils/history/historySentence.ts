import type { HistoryStatistics, Trend } from '../../types'
import { formatDuration, plural, THIN } from '../format/formatDuration'
import { formatDay } from '../format/formatTime'

/** A figure or a verdict of the line above the table, and what it rests on. */
export interface SentencePart {
  readonly text: string
  /** For hover and focus. */
  readonly basis: string
  readonly trend?: 'worse' | 'better' | 'same' | 'cannot tell'
}

/** `312 of 4,120 runs`; without a filter `4,120 runs`. */
export const countWords = (total: number, unfiltered: number | undefined): string =>
  unfiltered === undefined || unfiltered <= total
    ? `${formatCount(total)} ${total === 1 ? 'run' : 'runs'}`
    : `${formatCount(total)} of ${formatCount(unfiltered)} runs`

/** `4,120`: groups of three by comma, as the rest of the page is English. */
export const formatCount = (count: number): string => COUNT.format(count)

/** What is known of the matching runs besides their number; what isn't known is left out. */
export function figureParts(
  statistics: HistoryStatistics,
  trend: Trend | undefined,
): readonly SentencePart[] {
  const { byMetric, runs, scenes, excludedCached } = statistics
  const of = `of ${formatCount(scenes)} scenes in ${countWords(runs, undefined)}`
  const cached = excludedCached === 0 ? '' : `; ${formatCount(excludedCached)} cached scenes left out`
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
  const basis = `Durations of ${plural(n, 'run')}`
  const change = changePoints.at(-1)
  if (verdict === 'cannot tell')
    return { text: 'cannot tell yet whether it changed', basis, trend: 'cannot tell' }
  if (verdict === 'same' || !change) return { text: 'no change shown', basis, trend: 'same' }
  const word = verdict === 'worse' ? 'slower' : 'faster'
  const range = `${formatRatio(change.low)}–${formatRatio(change.high)}`
  const differs = change.differs.length === 0 ? '' : `; differs: ${change.differs.join(', ')}`
  return {
    text: `${word} since ${formatDay(change.timestamp)}`,
    basis: `${formatRatio(change.ratio)}× (${range}) by ${plural(n, 'run')}${differs}`,
    trend: verdict,
  }
}

const COUNT = new Intl.NumberFormat('en')
const formatRatio = (ratio: number): string => ratio.toFixed(2)
