import type { GpuReading, GpuTrace } from '../../types'

/** The last 10 minutes at 1 s, as the Live page draws them. */
export interface GpuHistory {
  /** A reading at a local time; of several within a second the first is kept. */
  add(at: number, gpus: readonly GpuReading[]): void
  /** From here to there nothing was read: charts break. */
  gap(from: number, to: number): void
  /** The same reference until something was added. */
  trace(source: string): GpuTrace
}

const POINT_MS = 1_000
const MAX_POINTS = 600

/** Holds 600 readings and as many gaps; the oldest go. */
export function createGpuHistory(): GpuHistory {
  let points: { at: number; gpus: readonly GpuReading[] }[] = []
  let gaps: { from: number; to: number }[] = []
  let cached: GpuTrace | undefined
  return {
    add(at, gpus) {
      const last = points.at(-1)
      if (last && Math.floor(last.at / POINT_MS) === Math.floor(at / POINT_MS)) return
      points.push({ at, gpus })
      if (points.length > MAX_POINTS) points = points.slice(-MAX_POINTS)
      const oldest = points[0]?.at ?? at
      if (gaps.some((gap) => gap.to < oldest)) gaps = gaps.filter((gap) => gap.to >= oldest)
      cached = undefined
    },
    gap(from, to) {
      gaps = [...gaps, { from, to }].slice(-MAX_POINTS)
      cached = undefined
    },
    trace(source) {
      if (cached?.source !== source) cached = { source, points: [...points], gaps: [...gaps] }
      return cached
    },
  }
}
