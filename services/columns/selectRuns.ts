import type { FilterExpression } from '../../types'
import { isEverything } from '../filter/terms'
import type { ColumnChunk } from './columnChunk'
import { runsIn } from './mask'
import { matchChunk, type TermMask } from './matchChunk'
import type { Selection } from './selection'

/** The runs that match and are not deleted. */
export function selectRuns(
  chunks: readonly ColumnChunk[],
  expression: FilterExpression,
  termMask: TermMask,
): Selection {
  if (isEverything(expression)) return allRuns(chunks)
  return chunks.map((chunk) => ({
    chunk,
    runs: visibleOf(chunk, runsIn(chunk, matchChunk(chunk, expression, termMask))),
  }))
}

/** Every run that is not deleted. */
export const allRuns = (chunks: readonly ColumnChunk[]): Selection =>
  chunks.map((chunk) => ({ chunk, runs: visibleOf(chunk, new Uint8Array(chunk.runIds.length).fill(1)) }))

/** Whether the run at a row is not deleted. */
export const isVisible = ({ runNumbers }: ColumnChunk, row: number): boolean =>
  Number.isNaN(runNumbers.deletedAt[row] ?? Number.NaN)

/** Those of the runs that are not deleted; the same array where none of the chunk is. */
export function visibleOf(chunk: ColumnChunk, runs: Uint8Array): Uint8Array {
  const deleted = deletedRows(chunk)
  if (deleted.length === 0) return runs
  const visible = runs.slice()
  for (const row of deleted) visible[row] = 0
  return visible
}

const deletedOf = new WeakMap<ColumnChunk, readonly number[]>()

/** The rows of runs that are deleted; found once for a chunk. */
export function deletedRows(chunk: ColumnChunk): readonly number[] {
  const known = deletedOf.get(chunk)
  if (known) return known
  const deleted = [...chunk.runIds.keys()].filter((row) => !isVisible(chunk, row))
  deletedOf.set(chunk, deleted)
  return deleted
}

/** Where the history stands: runs that come later have a greater place. */
export const arrivedOf = (chunks: readonly ColumnChunk[]): number => Math.max(0, ...chunks.map(lastArrived))

const lastOf = new WeakMap<ColumnChunk, number>()

/** The greatest place of a chunk's runs; 0 where none has one. Found once for a chunk. */
export function lastArrived(chunk: ColumnChunk): number {
  const known = lastOf.get(chunk)
  if (known !== undefined) return known
  const last = chunk.runNumbers.arrived.reduce((most, place) => (place > most ? place : most), 0)
  lastOf.set(chunk, last)
  return last
}

/** Those that were there when the history stood at `asOf`, and how many came since. */
export function splitArrived(
  selection: Selection,
  asOf: number,
): { readonly there: Selection; readonly waiting: number } {
  let waiting = 0
  const there = selection.map((part) => {
    if (lastArrived(part.chunk) <= asOf) return part
    const { arrived } = part.chunk.runNumbers
    return {
      ...part,
      runs: part.runs.map((selected, row) => {
        if (selected === 0 || !((arrived[row] ?? 0) > asOf)) return selected
        waiting += 1
        return 0
      }),
    }
  })
  return { there, waiting }
}
