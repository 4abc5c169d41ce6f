import type { ColumnChunk } from './columnChunk'

/** Of the runs of a chunk, deleted ones too; without any, `first` is Infinity and `last` is -Infinity. */
export interface TimeSpan {
  readonly first: number
  readonly last: number
  /** Whether each began later than the one before it. */
  readonly isRising: boolean
}

const spans = new WeakMap<ColumnChunk, TimeSpan>()

/** When the runs of a chunk began; found once for a chunk. */
export function timeSpan(chunk: ColumnChunk): TimeSpan {
  const known = spans.get(chunk)
  if (known) return known
  const { timestamp } = chunk.runNumbers
  const span = {
    first: timestamp.reduce((a, b) => Math.min(a, b), Infinity),
    last: timestamp.reduce((a, b) => Math.max(a, b), -Infinity),
    isRising: timestamp.every((at, row) => row === 0 || at > (timestamp[row - 1] ?? Infinity)),
  }
  spans.set(chunk, span)
  return span
}
