/** Two samples of one kind: what is compared within it. */
export interface TwoSamples {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** Up to so many values in all the distribution of U is counted out; beyond, it is taken as normal. */
export const EXACT_UP_TO = 20

/** Twice the rank of each value; equal values share the mean of their ranks, so that twice it is whole. */
export function doubledRanks(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++
    for (const index of order.slice(from, to)) ranks[index] = from + to + 1
    from = to
  }
  return ranks
}

/** For each doubled U, in how many of all choices of `size` among these doubled ranks it comes out. */
export function countChoices(ranks: readonly number[], size: number): readonly number[] {
  const least = size * (size + 1)
  const most = least + 2 * size * (ranks.length - size)
  const ways = Array.from({ length: size + 1 }, () => new Array<number>(most + 1).fill(0))
  const none = ways[0]
  if (none) none[0] = 1
  for (const rank of ranks) for (let chosen = size; chosen >= 1; chosen--) addRank(ways, chosen, rank)
  return (ways[size] ?? []).slice(least)
}

/** The same for the sum of the U of independent kinds. */
export function convolve(a: readonly number[], b: readonly number[]): readonly number[] {
  const sums = new Array<number>(a.length + b.length - 1).fill(0)
  a.forEach((ways, i) => b.forEach((others, j) => (sums[i + j] = (sums[i + j] ?? 0) + ways * others)))
  return sums
}

function addRank(ways: readonly number[][], chosen: number, rank: number): void {
  const [to, from] = [ways[chosen], ways[chosen - 1]]
  if (!to || !from) return
  for (let sum = to.length - 1; sum >= rank; sum--) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0)
}
