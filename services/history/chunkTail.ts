import type { ColumnChunk, ColumnRow } from '../columns/columnChunk'
import { editChunk } from '../columns/editChunk'
import { isObject } from '../shared/isObject'
import { textDigest } from '../shared/textDigest'

/**
 * The rows of a chunk that its stored record lacks: each replaces its run's earlier row or is appended. A save of one run writes them
 * with the head, in the place of the whole chunk, which is much larger.
 */
export interface ChunkTail {
  readonly chunk: number
  /** The revision of the record that they go on from. */
  readonly base: number
  /** The rows as JSON, and its digest. */
  readonly text: string
  readonly checksum: number
}

/** Bounds of a tail, which is read and written with every save; `text` in characters. */
const MOST = { rows: 16, text: 32_000 }

/** The tail of a chunk, with these rows besides those of the `tail` that it has; undefined where that is too much. */
export function longerTail(
  { chunk, base }: Pick<ChunkTail, 'chunk' | 'base'>,
  tail: ChunkTail | undefined,
  rows: ReadonlyMap<string, ColumnRow>,
): ChunkTail | undefined {
  const earlier = tail ? rowsOf(tail).filter(({ runId }) => !rows.has(runId)) : []
  if (earlier.length + rows.size > MOST.rows) return undefined
  const text = JSON.stringify([...earlier, ...rows.values()])
  return text.length > MOST.text ? undefined : { chunk, base, text, checksum: textDigest(text) }
}

/** The record of a chunk with the rows of its tail, as the chunk of this revision. */
export function withTail(record: ColumnChunk, tail: ChunkTail, revision: number): ColumnChunk {
  return { ...editChunk(record, new Map(rowsOf(tail).map((row) => [row.runId, row]))), revision }
}

/** Whether what is stored as a tail is what was stored. */
export const isTail = (value: unknown): value is ChunkTail =>
  isObject(value) &&
  Number.isSafeInteger(value.chunk) &&
  Number.isSafeInteger(value.base) &&
  typeof value.text === 'string' &&
  value.text.length <= MOST.text &&
  value.checksum === textDigest(value.text)

/** Only what `longerTail` wrote has its checksum. */
function rowsOf({ text }: ChunkTail): readonly ColumnRow[] {
  const rows: readonly ColumnRow[] = JSON.parse(text)
  return rows
}
