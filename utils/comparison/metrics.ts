import type { Estimate, HistoricalRun, RunComparison } from '../../types'
import { formatGigabytes } from '../format/formatBytes'
import { formatDuration } from '../format/formatDuration'
import type { Aspect } from './aspects'
import { formatPercent } from './formatRatio'
import { likeDurations } from './likeDurations'

/** A figure that runs are compared by. */
export interface Metric {
  readonly id: Aspect | 'attempts'
  readonly label: string
  readonly read: (run: HistoricalRun) => number | undefined
  readonly format: (value: number) => string
  /** What was usual, where a comparison tells. */
  readonly usual: (comparison: RunComparison) => number | undefined
  /** Absent where no test judges the figure. */
  readonly aspect?: Aspect
  readonly evidence?: (comparison: RunComparison) => Estimate | undefined
}

export const METRICS: readonly Metric[] = [
  {
    id: 'duration',
    label: 'Scene duration',
    read: (run) => run.averageDuration,
    format: formatDuration,
    usual: usualDuration,
    aspect: 'duration',
    evidence: ({ evidence }) => evidence.duration,
  },
  {
    id: 'failures',
    label: 'Success rate',
    read: (run) => run.successRate,
    format: formatPercent,
    usual: ({ current: { successRate }, deltas: { successRateDelta: points } }) =>
      successRate === undefined || points === undefined ? undefined : Math.max(0, successRate - points / 100),
    aspect: 'failures',
    evidence: ({ evidence }) => evidence.successRate,
  },
  {
    id: 'memory',
    label: 'Free VRAM',
    read: (run) => run.gpuAverageFree,
    format: formatGigabytes,
    usual: ({ current: { gpuAverageFree: free }, deltas: { gpuPerformanceDelta: delta } }) =>
      free === undefined || delta === undefined || delta <= -100 ? undefined : free / (1 + delta / 100),
    aspect: 'memory',
    evidence: ({ evidence }) => evidence.gpu,
  },
  {
    id: 'attempts',
    label: 'Tries a scene',
    read: (run) => meanAttempts([run]),
    format: (mean) => mean.toFixed(1),
    usual: ({ historical }) => meanAttempts(historical),
  },
]

/** A figure as it is said; undefined when it is not known. */
export function saidOf({ format }: Metric, value: number | undefined): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : format(value)
}

/** Of a run's average only where all of its scenes have like ones: what is usual for the others nobody knows. */
function usualDuration(comparison: RunComparison): number | undefined {
  const like = likeDurations(comparison)
  return like?.scenes === like?.of ? like?.usual : undefined
}

function meanAttempts(runs: readonly HistoricalRun[]): number | undefined {
  const attempts = runs.flatMap(({ scenes }) => scenes.map((scene) => scene.attempts))
  return attempts.length === 0 ? undefined : attempts.reduce((sum, n) => sum + n, 0) / attempts.length
}
