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
  /**
   * For a metric of few values: whether a scene is one of the events it counts. It is compared by means, as medians would stand
   * still, and called unchanged only where the rates of events agree.
   */
  readonly isEvent?: (scene: TrendScene) => boolean | undefined
  /** Absent: a change is neither. */
  readonly higherIs?: 'better' | 'worse'
}

/** How each metric is read and tested. */
export const trendMetrics: Readonly<Record<Metric, TrendMetric>> = {
  duration: { valueOf: ({ duration }) => duration, offset: 0, isPerCohort: true, higherIs: 'worse' },
  gpuVramFree: {
    valueOf: ({ gpuVramFree }) => gpuVramFree,
    offset: 2 ** 20,
    isPerCohort: true,
    higherIs: 'better',
  },
  gpuUtilization: { valueOf: ({ gpuUtilization }) => gpuUtilization, offset: 1, isPerCohort: true },
  successRate: {
    valueOf: (scene) => (scene.status === 'skipped' ? undefined : Number(scene.status === 'success')),
    isEvent: ({ status }) => (status === 'skipped' ? undefined : status === 'success'),
    offset: 0.05,
    isPerCohort: false,
    higherIs: 'better',
  },
  attempts: {
    valueOf: ({ attempts }) => attempts,
    isEvent: ({ attempts }) => (attempts === undefined ? undefined : attempts > 1),
    offset: 0,
    isPerCohort: false,
    higherIs: 'worse',
  },
  queueWait: { valueOf: ({ queueWait }) => queueWait, offset: 1_000, isPerCohort: false, higherIs: 'worse' },
}
