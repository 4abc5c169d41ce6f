import type { Metric } from '../../types'
import type { TrendScene } from './trendRunOf'

/** How a metric is read and looked at for changes. */
export interface TrendMetric {
  /** A scene's value; a run's is their mean. */
  readonly valueOf: (scene: TrendScene) => number | undefined
  /** Tested as the logarithm of value + this, so that 0 has one: the smallest unit that matters. */
  readonly offset: number
  /** Differs between cohorts: scenes are tested as ratios to their cohort's median. */
  readonly isPerCohort: boolean
  /** Takes few values: compared by means, for medians would stand still. */
  readonly isDiscrete: boolean
  /** Absent: a change is neither. */
  readonly higherIs?: 'better' | 'worse'
}

const PER_COHORT = { isPerCohort: true, isDiscrete: false } as const
const PER_RUN = { isPerCohort: false, isDiscrete: true } as const

export const trendMetrics: Readonly<Record<Metric, TrendMetric>> = {
  duration: { ...PER_COHORT, valueOf: ({ duration }) => duration, offset: 0, higherIs: 'worse' },
  gpuVramFree: {
    ...PER_COHORT,
    valueOf: ({ gpuVramFree }) => gpuVramFree,
    offset: 2 ** 20,
    higherIs: 'better',
  },
  gpuUtilization: { ...PER_COHORT, valueOf: ({ gpuUtilization }) => gpuUtilization, offset: 1 },
  successRate: { ...PER_RUN, valueOf: successOf, offset: 0.05, higherIs: 'better' },
  attempts: { ...PER_RUN, valueOf: ({ attempts }) => attempts, offset: 0, higherIs: 'worse' },
  queueWait: {
    isPerCohort: false,
    isDiscrete: false,
    valueOf: ({ queueWait }) => queueWait,
    offset: 1_000,
    higherIs: 'worse',
  },
}

function successOf({ status }: TrendScene): number | undefined {
  if (status === 'skipped') return undefined
  return status === 'success' ? 1 : 0
}
