import type { GpuReading, GpuTrace } from '../../types'

/** A point of a chart of one GPU; a value is null where the line breaks. */
export interface TracePoint {
  readonly at: number
  readonly vramFree: number | null
  readonly utilization: number | null
  readonly power: number | null
  readonly temperature: number | null
}

/** Readings further apart than this are a hole, not a line. */
const HOLE_MS = 5_000

/**
 * One GPU's readings for a chart: at most `limit` points (of neighbours the one with the least free memory stays, for peaks are what
 * one looks for), broken at gaps.
 */
export function thinTrace(trace: GpuTrace, index: number, limit: number): readonly TracePoint[] {
  const points = trace.points.flatMap(({ at, gpus }) => {
    const reading = gpus.find((gpu) => gpu.index === index)
    return reading ? pointOf(at, reading) : []
  })
  const size = Math.ceil(points.length / limit)
  const thinned = Array.from({ length: Math.ceil(points.length / Math.max(1, size)) }, (_, bucket) =>
    leastFree(points.slice(bucket * size, (bucket + 1) * size)),
  ).flatMap((point) => point ?? [])
  return thinned.flatMap((point, i) => {
    const before = thinned[i - 1]
    const isHole =
      before !== undefined &&
      (point.at - before.at > HOLE_MS * Math.max(1, size) || isInGap(trace, before.at, point.at))
    return isHole ? [pointOf((before.at + point.at) / 2, {}), point] : [point]
  })
}

const pointOf = (at: number, reading: Partial<GpuReading>): TracePoint => ({
  at,
  vramFree: reading.vramFree ?? null,
  utilization: reading.utilization ?? null,
  power: reading.power ?? null,
  temperature: reading.temperature ?? null,
})

const leastFree = (points: readonly TracePoint[]): TracePoint | undefined =>
  points.reduce<TracePoint | undefined>(
    (least, point) => (least && (least.vramFree ?? Infinity) <= (point.vramFree ?? Infinity) ? least : point),
    undefined,
  )

const isInGap = (trace: GpuTrace, from: number, to: number): boolean =>
  trace.gaps.some((gap) => gap.from < to && gap.to > from && gap.to - gap.from > HOLE_MS)
