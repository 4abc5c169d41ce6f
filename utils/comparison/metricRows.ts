import type { HistoricalRun, RunComparison } from '../../types'
import { formatGigabytes } from '../format/formatBytes'
import { formatDuration } from '../format/formatDuration'
import { describeEstimate, type EstimateWords } from './describeEstimate'
import type { Aspect } from './aspects'
import { formatPercent } from './formatRatio'

/** One figure of a run beside what is usual. */
export interface MetricRow {
  readonly id: Aspect | 'attempts'
  readonly label: string
  readonly now: string | undefined
  readonly usual: string | undefined
  /** Absent where no test judges the figure. */
  readonly words?: EstimateWords
  /** An estimate's bounds as ratios, for a bar. */
  readonly bounds?: { readonly value: number; readonly low: number; readonly high: number }
}

/** The four figures that a run is judged by, each with what was usual. Unknown ones stay in their place. */
export function metricRows({ current, historical, deltas, evidence }: RunComparison): readonly MetricRow[] {
  const { averageDuration: duration, successRate, gpuAverageFree: free } = current
  const usualFree =
    free === undefined || deltas.gpuPerformanceDelta === undefined
      ? undefined
      : free / (1 + deltas.gpuPerformanceDelta / 100)
  return [
    {
      id: 'duration',
      label: 'Scene duration',
      now: said(duration, formatDuration),
      usual: said(minus(duration, deltas.durationDelta), formatDuration),
      words: describeEstimate(evidence.duration, 'duration'),
      ...boundsOf(evidence.duration),
    },
    {
      id: 'failures',
      label: 'Success rate',
      now: said(successRate, formatPercent),
      usual: said(minus(successRate, deltas.successRateDelta, 0.01), formatPercent),
      words: describeEstimate(evidence.successRate, 'failures'),
    },
    {
      id: 'memory',
      label: 'Free VRAM',
      now: said(free, formatGigabytes),
      usual: said(usualFree, formatGigabytes),
      words: describeEstimate(evidence.gpu, 'memory'),
      ...boundsOf(evidence.gpu),
    },
    {
      id: 'attempts',
      label: 'Tries a scene',
      now: said(meanAttempts([current]), tries),
      usual: said(meanAttempts(historical), tries),
    },
  ]
}

const tries = (mean: number): string => mean.toFixed(1)

function said(value: number | undefined, format: (value: number) => string): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : format(value)
}

/** A rate's usual lies within 0 and 1, and a time's above 0, however the difference was pooled. */
function minus(value: number | undefined, delta: number | undefined, unit = 1): number | undefined {
  if (value === undefined || delta === undefined) return undefined
  const usual = Math.max(0, value - delta * unit)
  return unit === 1 ? usual : Math.min(1, usual)
}

function boundsOf(estimate: RunComparison['evidence']['duration']): Pick<MetricRow, 'bounds'> {
  const { value, low, high } = estimate ?? {}
  return value === undefined || low === undefined || high === undefined
    ? {}
    : { bounds: { value, low, high } }
}

function meanAttempts(runs: readonly HistoricalRun[]): number | undefined {
  const attempts = runs.flatMap(({ scenes }) => scenes.map((scene) => scene.attempts))
  return attempts.length === 0 ? undefined : attempts.reduce((sum, n) => sum + n, 0) / attempts.length
}
