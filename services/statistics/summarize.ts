import type { Summary } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { quantileOfSorted } from './quantile'

/**
 * Count, mean, extremes, sample standard deviation (n − 1), median and p95. Values that are no finite numbers are left out: columns
 * write NaN where a value isn't known. What the rest are too few for is absent.
 */
export function summarize(values: ArrayLike<number>): Summary {
  const sorted = finiteSorted(values)
  const n = sorted.length
  if (n === 0) return { n }
  const avg = meanOf(sorted)
  return {
    n,
    avg,
    ...definedMembers({
      min: sorted[0],
      max: sorted[n - 1],
      stdDev: n < 2 ? undefined : Math.sqrt(squaredDeviations(sorted, avg) / (n - 1)),
      p50: quantileOfSorted(sorted, 0.5),
      p95: quantileOfSorted(sorted, 0.95),
    }),
  }
}

/** Sorting puts −∞ in front, ∞ and after it NaN at the end. */
function finiteSorted(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  let from = 0
  let to = sorted.length
  while (to > 0 && !((sorted[to - 1] ?? 0) < Infinity)) to--
  while (from < to && sorted[from] === -Infinity) from++
  return sorted.subarray(from, to)
}

/** Around the median, so that large values with small differences keep their digits; never outside the extremes. */
function meanOf(sorted: Float64Array): number {
  const centre = sorted[sorted.length >> 1] ?? 0
  let sum = 0
  for (let i = 0; i < sorted.length; i++) sum += (sorted[i] ?? 0) - centre
  const mean = centre + sum / sorted.length
  return Math.min(Math.max(mean, sorted[0] ?? mean), sorted[sorted.length - 1] ?? mean)
}

/** The corrected two-pass algorithm (Chan, Golub and LeVeque 1983). */
function squaredDeviations(values: Float64Array, mean: number): number {
  let squares = 0
  let rest = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = (values[i] ?? 0) - mean
    squares += deviation * deviation
    rest += deviation
  }
  return Math.max(0, squares - (rest * rest) / values.length)
}
