/** A ratio, with the bounds of its interval where there is one. */
export interface BoundRatio {
  readonly value: number
  readonly low?: number | undefined
  readonly high?: number | undefined
}

/** `isInverse`: how many times faster, of what share of the usual time was taken; the interval turns with its ratio. */
export function inDirection({ value, low, high }: BoundRatio, isInverse: boolean): BoundRatio {
  if (!isInverse) return { value, low, high }
  return { value: 1 / value, low: high && 1 / high, high: low && 1 / low }
}
