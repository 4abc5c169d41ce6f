import { Z95 } from './normal'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's 95 % score interval of a rate of `count` in `of` (J. Am. Stat. Assoc. 22, 1927); of nothing it is 0 to 1. */
export function wilson(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const rate = count / of
  const share = (Z95 * Z95) / of
  const centre = (rate + share / 2) / (1 + share)
  const half = (Z95 * Math.sqrt((rate * (1 - rate)) / of + share / (4 * of))) / (1 + share)
  return { low: count === 0 ? 0 : centre - half, high: count === of ? 1 : centre + half }
}
