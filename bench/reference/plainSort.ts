import type { ColumnChunk } from '../../services/columns/columnChunk'
import type { PlainMatches } from './plainSelect'

/** Row H3's reference, behind the loop: the ids of the first so many by mean duration, longest first, absent last. */
export function plainSort(
  all: readonly ColumnChunk[],
  { chunks, rows }: PlainMatches,
  limit: number,
): readonly string[] {
  const keys = new Float64Array(rows.length)
  for (let at = 0; at < keys.length; at++) {
    const value = all[chunks[at] as number]?.runNumbers.averageDuration[rows[at] as number] as number
    keys[at] = Number.isNaN(value) ? -1 : value
  }
  const order = Array.from(rows.keys()).sort((a, b) => (keys[b] as number) - (keys[a] as number) || b - a)
  return order.slice(0, limit).map((at) => all[chunks[at] as number]?.runIds[rows[at] as number] as string)
}
