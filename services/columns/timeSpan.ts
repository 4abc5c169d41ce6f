import type { ColumnChunk } from './columnChunk'

const spans = new WeakMap<ColumnChunk, TimeSpan>()

export interface TimeSpan {
  readonly first: number
  readonly last: number
}

/** When the first and the last of a chunk's runs began; found once for a chunk. */
export function timeSpan(chunk: ColumnChunk): TimeSpan {
  const { timestamp } = chunk.runNumbers
  const span = spans.get(chunk) ?? {
    first: timestamp.reduce((a, b) => Math.min(a, b), Infinity),
    last: timestamp.reduce((a, b) => Math.max(a, b), -Infinity),
  }
  spans.set(chunk, span)
  return span
}
