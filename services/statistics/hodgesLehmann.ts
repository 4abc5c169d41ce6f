import { definedMembers } from '../shared/definedMembers'
import { Z95 } from './normal'
import { convolve, countChoices, EXACT_UP_TO, type TwoSamples } from './rankSums'

export interface Shift {
  readonly value: number
  readonly low?: number
  readonly high?: number
}

/**
 * By how much x lies above y: the median of all differences x − y within each kind (Hodges and Lehmann 1963), with the 95 % interval
 * that inverts the Mann–Whitney test. The interval is absent where the samples are too small for one, all of it where no kind
 * has both. It takes a time that grows with the number of values, not of their pairs.
 */
export function hodgesLehmann(kinds: readonly TwoSamples[]): Shift | undefined {
  const sorted = kinds.filter(({ x, y }) => x.length > 0 && y.length > 0).map(sortBoth)
  const pairs = sorted.reduce((sum, { x, y }) => sum + x.length * y.length, 0)
  if (pairs === 0) return undefined
  const middle = (pairs + 1) / 2
  const value = (difference(sorted, Math.floor(middle)) + difference(sorted, Math.ceil(middle))) / 2
  const cut = outside(sorted)
  if (cut < 1) return { value }
  return { value, low: difference(sorted, cut), high: difference(sorted, pairs + 1 - cut) }
}

/** A shift of logarithms as a ratio. */
export const asRatio = ({ value, low, high }: Shift): Shift => ({
  value: Math.exp(value),
  ...definedMembers({
    low: low === undefined ? undefined : Math.exp(low),
    high: high === undefined ? undefined : Math.exp(high),
  }),
})

interface Sorted {
  readonly x: Float64Array
  readonly y: Float64Array
}

const TAIL = 0.025
/** Differences closer to each other than this part of their range are one. */
const RESOLUTION = 1e-13

const sortBoth = ({ x, y }: TwoSamples): Sorted => ({
  x: Float64Array.from(x).sort(),
  y: Float64Array.from(y).sort(),
})

/** The place, from either end, of the differences that bound the interval: the largest k with P(U < k) ≤ 2.5 %. */
function outside(kinds: readonly Sorted[]): number {
  const size = kinds.reduce((sum, { x, y }) => sum + x.length + y.length, 0)
  return size <= EXACT_UP_TO ? exactlyOutside(kinds) : normallyOutside(kinds)
}

function exactlyOutside(kinds: readonly Sorted[]): number {
  const ways = kinds.map(({ x, y }) => countChoices(untied(x.length + y.length), x.length)).reduce(convolve)
  const allowed = TAIL * ways.reduce((sum, each) => sum + each, 0)
  let below = 0
  for (let k = 0; ; k++) {
    below += ways[2 * k] ?? Infinity
    if (below > allowed) return k
  }
}

const untied = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => 2 * (i + 1))

function normallyOutside(kinds: readonly Sorted[]): number {
  let [pairs, variance] = [0, 0]
  for (const { x, y } of kinds) {
    pairs += x.length * y.length
    variance += (x.length * y.length * (x.length + y.length + 1)) / 12
  }
  return Math.floor(pairs / 2 - Z95 * Math.sqrt(variance) + 0.5)
}

/** The k-th smallest difference: its neighbourhood by halving, then itself. */
function difference(kinds: readonly Sorted[], k: number): number {
  let low = Math.min(...kinds.map(({ x, y }) => (x[0] ?? 0) - (y[y.length - 1] ?? 0)))
  let high = Math.max(...kinds.map(({ x, y }) => (x[x.length - 1] ?? 0) - (y[0] ?? 0)))
  if (countUpTo(kinds, low) >= k) return low
  const near = RESOLUTION * (high - low)
  while (high - low > near) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (countUpTo(kinds, middle) >= k) high = middle
    else low = middle
  }
  return leastAbove(kinds, low)
}

function countUpTo(kinds: readonly Sorted[], bound: number): number {
  let count = 0
  walk(kinds, bound, (_, y, above) => (count += y.length - above))
  return count
}

function leastAbove(kinds: readonly Sorted[], bound: number): number {
  let least = Infinity
  walk(kinds, bound, (x, y, above) => {
    if (above > 0) least = Math.min(least, x - (y[above - 1] ?? -Infinity))
  })
  return least
}

/** For each x how many of its y, from the smallest, lie so low that the difference exceeds the bound. */
function walk(
  kinds: readonly Sorted[],
  bound: number,
  visit: (x: number, y: Float64Array, above: number) => void,
): void {
  for (const { x, y } of kinds) {
    let above = 0
    for (const value of x) {
      while (above < y.length && value - (y[above] ?? Infinity) > bound) above++
      visit(value, y, above)
    }
  }
}
