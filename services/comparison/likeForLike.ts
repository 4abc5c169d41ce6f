import type { TwoSamples } from '../statistics/rankSums'
import type { Cohort } from './cohortOf'
import type { TestedRun } from './trendSeries'

/**
 * Of each cohort that both sides have, what its runs took, a logarithm a run (the mean of its scenes'). A cohort that only comes or
 * goes is in none of them: it is no change.
 */
export function likeForLike(
  after: readonly TestedRun[],
  before: readonly TestedRun[],
): readonly TwoSamples[] {
  const [later, earlier] = [byCohort(after), byCohort(before)]
  return [...later].flatMap(([cohort, x]) => {
    const y = earlier.get(cohort)
    return y ? [{ x, y }] : []
  })
}

function byCohort(side: readonly TestedRun[]): ReadonlyMap<Cohort, readonly number[]> {
  const cohorts = new Map<Cohort, number[]>()
  for (const { logs } of side) {
    for (const [cohort, { sum, n }] of sumsOf(logs)) {
      const means = cohorts.get(cohort)
      if (means) means.push(sum / n)
      else cohorts.set(cohort, [sum / n])
    }
  }
  return cohorts
}

function sumsOf(logs: TestedRun['logs']): ReadonlyMap<Cohort, { readonly sum: number; readonly n: number }> {
  const sums = new Map<Cohort, { readonly sum: number; readonly n: number }>()
  for (const [cohort, log] of logs) {
    const { sum, n } = sums.get(cohort) ?? { sum: 0, n: 0 }
    sums.set(cohort, { sum: sum + log, n: n + 1 })
  }
  return sums
}
