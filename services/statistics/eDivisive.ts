import { createRandom } from '../shared/createRandom'

export interface Split {
  /** Of the first value after the change. */
  readonly index: number
  readonly p: number
}

/** Either side of a change has at least so many values: 4 against 4 are the fewest that can differ at 5 %. */
export const LEAST_SIDE = 4

/**
 * Where a series changes: E-divisive (Matteson and James, J. Am. Stat. Assoc. 109, 2014; arXiv 1306.4933, α = 1), each segment split
 * where the energy statistic is largest if that is larger than in all but 3 % of its shuffles, p = (b + 1) / (m + 1) (Phipson and
 * Smyth, arXiv 1603.05766). The shuffles are seeded: the same series has the same changes. A segment under 8 values is not split. Of
 * the splits those are told that are worth naming; a change may stand on either side of one that is not. In order; O(n²) a shuffle.
 */
export function eDivisive(
  values: readonly number[],
  isWorthNaming: IsWorthNaming = () => true,
): readonly Split[] {
  return splitsOf(Float64Array.from(values), 0, isWorthNaming, createRandom(SEED).next)
}

/** Of the values from `from` to before `to`, whether those from `at` on differ enough from those before it. */
export type IsWorthNaming = (from: number, at: number, to: number) => boolean

/** The split with the largest energy statistic, of a series of at least 8 values. */
export function bestSplit(values: Float64Array): { index: number; energy: number } {
  return strongest(values, distanceSums(values))
}

const SEED = 20_131_933
const SHUFFLES = 499
const SIGNIFICANT = 0.03

function splitsOf(
  values: Float64Array,
  offset: number,
  isWorthNaming: IsWorthNaming,
  random: () => number,
): readonly Split[] {
  if (values.length < 2 * LEAST_SIDE) return []
  const sums = distanceSums(values)
  const { index, energy } = strongest(values, sums)
  const p = chanceOf(energy, values, sums, random)
  if (p === undefined) return []
  const at = offset + index
  const earlier = splitsOf(values.subarray(0, index), offset, isWorthNaming, random)
  const named = isWorthNaming(offset, at, offset + values.length) ? [{ index: at, p }] : []
  return [...earlier, ...named, ...splitsOf(values.subarray(index), at, isWorthNaming, random)]
}

/** Absent as soon as it is too large to matter. */
function chanceOf(
  energy: number,
  values: Float64Array,
  sums: Float64Array,
  random: () => number,
): number | undefined {
  const [shuffled, shuffledSums] = [values.slice(), sums.slice()]
  const bound = energy * (1 - 1e-12)
  let exceeding = 0
  for (let round = 0; round < SHUFFLES; round++) {
    shuffle(shuffled, shuffledSums, random)
    if (strongest(shuffled, shuffledSums).energy >= bound) exceeding++
    if ((exceeding + 1) / (SHUFFLES + 1) > SIGNIFICANT) return undefined
  }
  return (exceeding + 1) / (SHUFFLES + 1)
}

/** How far each value is from all others together: what no shuffle changes. */
function distanceSums(values: Float64Array): Float64Array {
  return values.map((value) => distanceTo(value, values, values.length))
}

function distanceTo(value: number, values: Float64Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += Math.abs(value - (values[i] ?? 0))
  return sum
}

/** Moves one value after another from the right to the left, and what lies within either side with it. */
function strongest(values: Float64Array, sums: Float64Array): { index: number; energy: number } {
  const n = values.length
  const total = sums.reduce((all, sum) => all + sum, 0) / 2
  let [left, right, index, energy] = [0, total, 0, -Infinity]
  for (let size = 1; size <= n - LEAST_SIDE; size++) {
    const last = size - 1
    const toLeft = distanceTo(values[last] ?? 0, values, last)
    left += toLeft
    right -= (sums[last] ?? 0) - toLeft
    if (size < LEAST_SIDE) continue
    const found = energyOf(size, n - size, total, left, right)
    if (found > energy) [energy, index] = [found, size]
  }
  return { index, energy }
}

/** nm/(n + m) × (2 mean |x − y| − mean |x − x′| − mean |y − y′|), from the sums of the distances. */
function energyOf(n: number, m: number, total: number, left: number, right: number): number {
  const between = (2 * (total - left - right)) / (n * m)
  const within = (2 * left) / (n * (n - 1)) + (2 * right) / (m * (m - 1))
  return ((n * m) / (n + m)) * (between - within)
}

/** Fisher and Yates'. */
function shuffle(values: Float64Array, sums: Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    swap(values, last, other)
    swap(sums, last, other)
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] ?? 0
  values[a] = values[b] ?? 0
  values[b] = kept
}
