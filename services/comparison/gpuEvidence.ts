import type { Estimate, HistoricalRun } from '../../types'
import { aggregatesOf } from './aggregates'
import { rankOfRun } from '../statistics/rankOfRun'

/**
 * Whether a run left more video memory free than its baseline did; the value is the ratio to the baseline's mean, judged by its
 * rank. Absent where either is unknown.
 */
export function gpuEvidence(
  current: HistoricalRun,
  baseline: readonly HistoricalRun[],
): Estimate | undefined {
  const mine = freeOf(current)
  // In order, for a sum depends on it in its last digit, and a small difference of two sums on that.
  const theirs = baseline.flatMap((run) => freeOf(run) ?? []).sort((a, b) => a - b)
  if (mine === undefined || theirs.length === 0) return undefined
  const usual = theirs.reduce((sum, value) => sum + value, 0) / theirs.length
  return rankOfRun(
    mine / usual,
    theirs.map((value) => value / usual),
    'better',
  )
}

/** A run that was never saved may have no aggregates. None free at all has no ratio. */
function freeOf({ scenes, gpuAverageFree }: HistoricalRun): number | undefined {
  const free = aggregatesOf(scenes).gpuAverageFree ?? gpuAverageFree
  return free !== undefined && free > 0 ? free : undefined
}
