import { normalCdf } from './normal'
import { convolve, countChoices, doubledRanks, EXACT_UP_TO, type TwoSamples } from './rankSums'

/**
 * Whether x tends to differ from y: the two-sided p of the Mann–Whitney test, its U summed over kinds that are each compared only
 * within themselves. Up to 20 values exact, by counting out the choices of mid-ranks; beyond, normal with the corrections for ties
 * and continuity. Absent where no kind has both samples.
 */
export function mannWhitney(kinds: readonly TwoSamples[]): { u: number; p: number } | undefined {
  const ranked = kinds.filter(({ x, y }) => x.length > 0 && y.length > 0).map(rank)
  if (ranked.length === 0) return undefined
  const u = ranked.reduce((sum, kind) => sum + kind.doubledU, 0) / 2
  const size = ranked.reduce((sum, { ranks }) => sum + ranks.length, 0)
  return { u, p: size <= EXACT_UP_TO ? exactP(ranked, u) : normalP(ranked, u) }
}

interface Ranked {
  readonly ranks: readonly number[]
  readonly size: number
  readonly doubledU: number
}

function rank({ x, y }: TwoSamples): Ranked {
  const ranks = doubledRanks([...x, ...y])
  const sum = ranks.slice(0, x.length).reduce((total, each) => total + each, 0)
  return { ranks, size: x.length, doubledU: sum - x.length * (x.length + 1) }
}

function exactP(ranked: readonly Ranked[], u: number): number {
  const ways = ranked.map(({ ranks, size }) => countChoices(ranks, size)).reduce(convolve)
  const sumOf = (from: number, to?: number): number =>
    ways.slice(from, to).reduce((sum, each) => sum + each, 0)
  return Math.min(1, (2 * Math.min(sumOf(0, 2 * u + 1), sumOf(2 * u))) / sumOf(0))
}

function normalP(ranked: readonly Ranked[], u: number): number {
  const mean = ranked.reduce((sum, { ranks, size }) => sum + (size * (ranks.length - size)) / 2, 0)
  const variance = ranked.reduce((sum, kind) => sum + varianceOf(kind), 0)
  const distance = Math.abs(u - mean) - 0.5
  return variance === 0 ? 1 : Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)))
}

function varianceOf({ ranks, size }: Ranked): number {
  const n = ranks.length
  const equals = new Map<number, number>()
  for (const each of ranks) equals.set(each, (equals.get(each) ?? 0) + 1)
  const ties = [...equals.values()].reduce((sum, t) => sum + t ** 3 - t, 0)
  return ((size * (n - size)) / 12) * (n + 1 - ties / (n * (n - 1)))
}
