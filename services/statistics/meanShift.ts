import type { Shift } from './hodgesLehmann'
import { studentT95 } from './studentT'
import { summarize } from './summarize'

/**
 * By how much the mean of x lies above that of y, with Welch's 95 % interval (Biometrika 34, 1947; degrees of freedom rounded down).
 * For figures of few values, where the median of differences stands still. The interval is absent where one of them has under 2,
 * all of it where one has none.
 */
export function meanShift(x: readonly number[], y: readonly number[]): Shift | undefined {
  const [a, b] = [summarize(x), summarize(y)]
  if (a.avg === undefined || b.avg === undefined) return undefined
  const value = a.avg - b.avg
  if (a.stdDev === undefined || b.stdDev === undefined) return { value }
  const half = halfWidth([a.stdDev ** 2 / a.n, a.n - 1], [b.stdDev ** 2 / b.n, b.n - 1])
  return { value, low: value - half, high: value + half }
}

type Variance = readonly [ofMean: number, degrees: number]

function halfWidth([a, degreesA]: Variance, [b, degreesB]: Variance): number {
  if (a + b === 0) return 0
  const degrees = (a + b) ** 2 / (a ** 2 / degreesA + b ** 2 / degreesB)
  return studentT95(Math.max(1, Math.floor(degrees))) * Math.sqrt(a + b)
}
