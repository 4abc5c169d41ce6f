import type { DurationShape } from './durationShape'

/** A row of the drawn line; null breaks it. */
export interface DurationRow {
  readonly x: number
  readonly value: number | null
}

/** The line of the runs as rows for one drawing, part by part. */
export const durationRows = ({ line, x }: DurationShape): readonly DurationRow[] =>
  line.flatMap((part) => {
    const rows = part.map((point) => ({ x: x.placeOf(point), value: point.value }))
    const last = rows.at(-1)
    return last ? [...rows, { x: last.x, value: null }] : []
  })
