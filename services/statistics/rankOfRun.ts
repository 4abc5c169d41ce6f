import type { Estimate } from '../../types'

/**
 * One figure against the like figures of its baseline. p is its one-sided rank, (1 + #{as extreme}) / (n + 1), on the side where it
 * lies; the interval is the figure against the greatest and the least of the baseline, from 5 of them. What the verdict means:
 * worse or better without `likely`: p ≤ 0.05 and at least 5 % apart; with it: p ≤ 0.10; cannot tell with `moreRunsNeeded`: fewer
 * than a likely one takes; cannot tell without: no change shown. All figures are ratios to what is usual, above 0; one that is on the
 * other side of 1 than its rank is of the baseline shows no change.
 */
export function rankOfRun(
  ratio: number,
  baseline: readonly number[],
  higherIs: 'better' | 'worse',
): Estimate {
  const n = baseline.length
  const above = (1 + baseline.filter((each) => each >= ratio).length) / (n + 1)
  const below = (1 + baseline.filter((each) => each <= ratio).length) / (n + 1)
  const lowerIs = higherIs === 'better' ? 'worse' : 'better'
  const isAbove = above < below
  return {
    value: ratio,
    ...rangeOf(ratio, baseline),
    n,
    p: Math.min(above, below),
    test: RANK_TEST,
    ...verdictOf(isAbove ? ratio : 1 / ratio, Math.min(above, below), n, isAbove ? higherIs : lowerIs),
  }
}

/** The `test` of an estimate whose p is a rank. */
export const RANK_TEST = 'rank in the baseline'

/** So many more than `n` it takes until a rank can be called likely. */
export const moreRunsNeeded = (n: number): number => Math.max(0, floorOf(LIKELY_P) - n)

const CLEAR_P = 0.05
const LIKELY_P = 0.1
const APART = 1.05
const INTERVAL_FROM = 5

/** The fewest in a baseline with which the rank of one can reach this p. */
const floorOf = (p: number): number => Math.ceil(1 / p - 1)

function rangeOf(ratio: number, baseline: readonly number[]): { low: number; high: number } | undefined {
  if (baseline.length < INTERVAL_FROM) return undefined
  const [least = ratio, greatest = ratio] = extremesOf(baseline)
  return { low: ratio / greatest, high: ratio / least }
}

const extremesOf = (values: readonly number[]): readonly number[] => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? [] : [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0]
}

/** `times`: the ratio to the usual, in the direction of `side`. */
function verdictOf(
  times: number,
  p: number,
  n: number,
  side: 'better' | 'worse',
): Pick<Estimate, 'verdict' | 'likely' | 'moreRunsNeeded'> {
  if (moreRunsNeeded(n) > 0) return { verdict: 'cannot tell', moreRunsNeeded: moreRunsNeeded(n) }
  if (times <= 1 || p > LIKELY_P) return { verdict: 'cannot tell' }
  return p <= CLEAR_P && times >= APART ? { verdict: side } : { verdict: side, likely: true }
}
