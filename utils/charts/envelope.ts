/** Least and greatest of the runs of a stretch of time, ms. */
export interface EnvelopeBucket {
  readonly at: number
  readonly low: number
  readonly high: number
}

/** More buckets than this are finer than a screen shows. */
const MAX_BUCKETS = 160
/** With fewer points a bucket's edges jump for no reason. */
const POINTS_PER_BUCKET = 6

/** Stretches of equal time with a point in them, oldest first, each at the middle of its own points. Every least and greatest value stays. */
export function envelope(
  points: readonly { readonly at: number; readonly value: number }[],
): readonly EnvelopeBucket[] {
  const from = points[0]?.at ?? 0
  const count = Math.max(1, Math.min(MAX_BUCKETS, Math.floor(points.length / POINTS_PER_BUCKET)))
  const width = Math.max(1, ((points.at(-1)?.at ?? 0) - from) / count)
  const buckets: { sum: number; n: number; low: number; high: number }[] = []
  for (const { at, value } of points) {
    const index = Math.min(count - 1, Math.floor((at - from) / width))
    const bucket = (buckets[index] ??= { sum: 0, n: 0, low: Infinity, high: -Infinity })
    bucket.sum += at
    bucket.n++
    bucket.low = Math.min(bucket.low, value)
    bucket.high = Math.max(bucket.high, value)
  }
  return Object.values(buckets).map(({ sum, n, low, high }) => ({ at: sum / n, low, high }))
}
