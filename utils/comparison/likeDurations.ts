import { timedScenes } from '../../services/comparison/durationEvidence'
import type { TimedScene } from '../../services/comparison/baselineRatios'
import type { RunComparison } from '../../types'

/** The scenes that a run's ratio is of, with what they took and what is usual for them. */
export interface LikeDurations {
  /** The mean of their durations, ms. */
  readonly now: number
  /** The mean of the medians of their cohorts, ms. */
  readonly usual: number
  /** How many they are, and of how many of the run's scenes the duration counts. */
  readonly scenes: number
  readonly of: number
}

/** Undefined where no scene has a like one. The usual is now less the mean difference, which is of the same scenes. */
export function likeDurations(comparison: RunComparison): LikeDurations | undefined {
  const { durationDelta } = comparison.deltas
  const timed = timedScenes(comparison.current)
  const like = likeScenes(timed, comparison)
  if (durationDelta === undefined || like.length === 0) return undefined
  const now = like.reduce((sum, { duration }) => sum + duration, 0) / like.length
  const usual = now - durationDelta
  // Of times that are that far apart the difference has lost the smaller one.
  return usual > 0 ? { now, usual, scenes: like.length, of: timed.length } : undefined
}

function likeScenes(
  timed: readonly TimedScene[],
  { current, historical, evidence }: RunComparison,
): readonly TimedScene[] {
  const succeeded = current.scenes.filter(({ status }) => status === 'success').length
  if (succeeded - evidence.excludedScenes === timed.length) return timed
  const cohorts = new Set(historical.flatMap(timedScenes).map(({ cohort }) => cohort))
  return timed.filter(({ cohort }) => cohorts.has(cohort))
}
