import type { Estimate, HistoricalRun, RunComparison } from '../../types'
import type { Aspect } from './aspects'
import { describeEstimate } from './describeEstimate'
import type { RunWords } from './describeRun'
import { durationWords } from './durationWords'
import { METRICS, saidOf, type Metric } from './metrics'

/** One figure of a run beside what is usual. */
export interface MetricRow {
  readonly id: Metric['id']
  readonly label: string
  readonly now: string | undefined
  readonly usual: string | undefined
  /** Absent where no test judges the figure, nothing is like the run, or it still goes on. */
  readonly words?: RunWords
  /** A ratio with its bounds, for a bar. */
  readonly bounds?: { readonly value: number; readonly low: number; readonly high: number }
}

/** The four figures that a run is judged by, each with what was usual. Unknown ones stay in their place. */
export const metricRows = (comparison: RunComparison): readonly MetricRow[] =>
  METRICS.map((metric) => metricRow(metric, comparison))

export function metricRow(metric: Metric, comparison: RunComparison): MetricRow {
  const { id, label, read, usual, aspect, evidence } = metric
  const estimate = evidence?.(comparison)
  const { value, low, high } = estimate ?? {}
  const isRatio = aspect !== 'failures' && value !== undefined && low !== undefined && high !== undefined
  return {
    id,
    label,
    now: soFar(metric, comparison.current, saidOf(metric, read(comparison.current))),
    usual: saidOf(metric, usual(comparison)),
    ...(aspect && isJudged(comparison) ? { words: wordsOf(estimate, aspect, comparison) } : {}),
    ...(isRatio && isJudged(comparison) ? { bounds: { value, low, high } } : {}),
  }
}

/** The rate of a run that goes on is of the scenes that ended: `100 % so far, 1 of 4`. */
function soFar(
  { id }: Metric,
  { status, scenes, sceneCount = 0 }: HistoricalRun,
  said: string | undefined,
): string | undefined {
  if (id !== 'failures' || status !== 'running' || said === undefined) return said
  return sceneCount > scenes.length ? `${said} so far, ${scenes.length} of ${sceneCount}` : `${said} so far`
}

/** A run that goes on is not judged, for its scenes so far are not all of it. */
const isJudged = ({ current, historical }: RunComparison): boolean =>
  current.status !== 'running' && historical.length > 0

const wordsOf = (estimate: Estimate | undefined, aspect: Aspect, comparison: RunComparison): RunWords =>
  aspect === 'duration'
    ? durationWords(comparison)
    : { ...describeEstimate(estimate, aspect), isPartial: false }
