import type { Estimate } from '../../types'
import { rankOfRun } from '../statistics/rankOfRun'
import { baselineRatios } from './baselineRatios'

/**
 * One scene's duration against earlier ones of its cohort, ms; the value is its ratio to their median, `n` and `moreRunsNeeded`
 * count scenes. Same words and floors as for a run; a lone earlier one counts as what is usual. Absent where there is none.
 * It takes O(n log n): of a large history the newest few hundred are enough.
 */
export function sceneEstimate(duration: number, earlier: readonly number[]): Estimate | undefined {
  const timed = (value: number) => [{ cohort: 0, duration: value }]
  const ratios = baselineRatios(timed(duration), earlier.map(timed))
  return ratios && rankOfRun(ratios.ratio, earlier.length === 1 ? [1] : ratios.others, 'worse')
}
