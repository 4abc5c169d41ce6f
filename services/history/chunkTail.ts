import type { ColumnChunk, ColumnRow } from '../columns/columnChunk'
import { editChunk } from '../columns/editChunk'
import { isObject } from '../shared/isObject'

/**
 * The rows of a chunk that its stored record lacks: each replaces its run's earlier row or is appended. A save of one run writes
 * them with the head, in the place of the whole chunk, which is a hundred times as large.
 */
export interface ChunkTail {
  readonly chunk: number
  /** The revision of the record that they go on from. */
  readonly base: number
  readonly rows: readonly ColumnRow[]
}

/** Bounds of a tail, which is read and written with every save; `searched` in characters. */
const MOST = { rows: 16, scenes: 64, searched: 16_000 }

/** The tail with these rows of its chunk besides; undefined where that is too much. */
export function longerTail(
  { rows: earlier, ...tail }: ChunkTail,
  rows: ReadonlyMap<string, ColumnRow>,
): ChunkTail | undefined {
  const next = [...earlier.filter(({ runId }) => !rows.has(runId)), ...rows.values()]
  return isShort(next) ? { ...tail, rows: next } : undefined
}

const isShort = (rows: readonly ColumnRow[]): boolean =>
  rows.length <= MOST.rows &&
  rows.reduce((sum, { scenes }) => sum + scenes.length, 0) <= MOST.scenes &&
  rows.reduce((sum, { searched }) => sum + searched.length, 0) <= MOST.searched

/** The record of a chunk with the rows of its tail, as the chunk of this revision. */
export function withTail(record: ColumnChunk, { rows }: ChunkTail, revision: number): ColumnChunk {
  return { ...editChunk(record, new Map(rows.map((row) => [row.runId, row]))), revision }
}

/** Whether what is stored as a tail is one. */
export const isTail = (value: unknown): value is ChunkTail =>
  isObject(value) &&
  Number.isSafeInteger(value.chunk) &&
  Number.isSafeInteger(value.base) &&
  Array.isArray(value.rows) &&
  value.rows.every(isRow)

const isRow = (value: unknown): value is ColumnRow =>
  isObject(value) &&
  typeof value.runId === 'string' &&
  typeof value.searched === 'string' &&
  hasCells(value) &&
  Array.isArray(value.scenes) &&
  value.scenes.length > 0 &&
  value.scenes.every((scene) => isObject(scene) && hasCells(scene))

const hasCells = ({ numbers, texts }: Readonly<Record<string, unknown>>): boolean =>
  isObject(numbers) &&
  isObject(texts) &&
  Object.values(numbers).every((cell) => typeof cell === 'number') &&
  Object.values(texts).every((cell) => typeof cell === 'string')
