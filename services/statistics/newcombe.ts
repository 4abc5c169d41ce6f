import { wilson, type Interval } from './wilson'

export interface Rate {
  readonly count: number
  readonly of: number
}

/**
 * The 95 % interval of the difference of two independent rates, `rate` − `other`: Newcombe's hybrid score interval, method 10
 * (Stat. Med. 17, 1998). Absent where one of them counts nothing.
 */
export function newcombe(rate: Rate, other: Rate): (Interval & { readonly value: number }) | undefined {
  if (rate.of === 0 || other.of === 0) return undefined
  const [p, q] = [rate.count / rate.of, other.count / other.of]
  const [a, b] = [wilson(rate.count, rate.of), wilson(other.count, other.of)]
  const value = p - q
  return {
    value,
    low: value - Math.hypot(p - a.low, b.high - q),
    high: value + Math.hypot(a.high - p, q - b.low),
  }
}
