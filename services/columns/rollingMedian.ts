import { quantile } from '../statistics/quantile'
import { thinEvenly } from './thin'

interface Point {
  readonly at: number
  readonly value: number
}

/** Medians of raw neighbours, before any thinning, at no more than `most` of the points. */
export function rollingMedian(points: readonly Point[], most: number): readonly Point[] {
  const half = Math.max(2, Math.min(MOST_HALF, Math.floor(points.length / 20)))
  return thinEvenly([...points.keys()], most).map((index) => ({
    at: points[index]?.at ?? 0,
    value: medianOf(points.slice(Math.max(0, index - half), index + half + 1)),
  }))
}

/** Wider windows would cost more and show no more. */
const MOST_HALF = 250

const medianOf = (window: readonly Point[]): number =>
  quantile(
    window.map(({ value }) => value),
    0.5,
  ) ?? 0
