import type { RunComparison } from '../../types'
import { describeEstimate, type EstimateWords } from './describeEstimate'
import { METRICS, saidOf, type Metric } from './metrics'

/** One figure of a run beside what is usual. */
export interface MetricRow {
  readonly id: Metric['id']
  readonly label: string
  readonly now: string | undefined
  readonly usual: string | undefined
  /** Absent where no test judges the figure. */
  readonly words?: EstimateWords
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
    now: saidOf(metric, read(comparison.current)),
    usual: saidOf(metric, usual(comparison)),
    ...(aspect ? { words: describeEstimate(estimate, aspect) } : {}),
    ...(isRatio ? { bounds: { value, low, high } } : {}),
  }
}
