import type { DeltaMetrics, HistoricalRun, RunComparison } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { baselineOf } from './baselineOf'
import { cohortOf } from './cohortOf'
import { durationEvidence, timedScenes, type Against } from './durationEvidence'
import { gpuEvidence } from './gpuEvidence'
import { successEvidence } from './successEvidence'
import { trendOf } from './trendOf'
import { trendRunOf } from './trendRunOf'

/**
 * A run against others, of which only those of a shared cohort count, each once: they are `historical` of the answer, in the order
 * given. Their order in time doesn't matter; who wants earlier ones gives those. Durations are compared within cohorts, of scenes
 * that succeeded and took nothing from cache: `excludedScenes` are those of the run that succeeded and have no part in it. What
 * cannot be told is absent. As a `baseline` even a single one stands for what is usual, of which it tells too little.
 */
export function compareRuns(
  current: HistoricalRun,
  historical: readonly HistoricalRun[],
  against: Against = 'runs',
): RunComparison {
  const baseline = baselineOf(current, historical)
  const duration = durationEvidence(timedScenes(current), baseline.map(timedScenes), against)
  const successRate = successEvidence(current, baseline)
  const gpu = gpuEvidence(current, baseline)
  const succeeded = current.scenes.filter(({ status }) => status === 'success').length
  return {
    current,
    historical: baseline,
    deltas: definedMembers({
      durationDelta: duration?.delta,
      successRateDelta: successRate && successRate.value * 100,
      gpuPerformanceDelta: gpu && (gpu.value - 1) * 100,
      trend: trendWord(current, baseline),
    }),
    evidence: {
      ...definedMembers({ duration: duration?.estimate, successRate, gpu }),
      excludedScenes: succeeded - (duration?.scenes ?? 0),
      cohorts: duration?.cohorts ?? 0,
    },
  }
}

const TRENDS = { better: 'improving', worse: 'degrading', same: 'stable', 'cannot tell': undefined } as const

/** Of durations, in the run's own cohorts. */
function trendWord(current: HistoricalRun, baseline: readonly HistoricalRun[]): DeltaMetrics['trend'] {
  const cohorts = new Set(current.scenes.map(cohortOf))
  const series = baseline.length === 0 ? [] : [current, ...baseline]
  const alike = series.map((run) => ({
    ...run,
    scenes: run.scenes.filter((scene) => cohorts.has(cohortOf(scene))),
  }))
  return TRENDS[trendOf('duration', alike.map(trendRunOf)).verdict]
}
