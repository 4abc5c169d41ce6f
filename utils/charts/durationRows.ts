import type { DurationShape } from './durationShape'

/** A row of the drawn lines; null breaks one. */
export interface DurationRow {
  readonly x: number
  readonly value: number | null
  readonly smooth: number | null
}

/** The lines of a chart as rows for one drawing: first the runs', then the smoothed, part by part. */
export function durationRows({ line, smooth, x }: DurationShape): readonly DurationRow[] {
  const runs = line.flatMap((part) => [
    ...part.map((point) => ({ x: x.placeOf(point), value: point.value, smooth: null })),
    gapAfter(x.placeOf(part.at(-1) ?? NOBODY)),
  ])
  const smoothed = smooth.flatMap((part) => [
    ...part.map(({ at, value }) => ({ x: x.placeOf({ runId: '', at }), value: null, smooth: value })),
    gapAfter(x.placeOf({ runId: '', at: part.at(-1)?.at ?? 0 })),
  ])
  return [...runs, ...smoothed]
}

const NOBODY = { runId: '', at: 0 }
const gapAfter = (x: number): DurationRow => ({ x, value: null, smooth: null })
