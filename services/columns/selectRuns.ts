import type { FilterExpression } from '../../types'
import { CHUNK_RUNS, type ColumnChunk } from './columnChunk'
import { matchChunk, type TermMask } from './matchChunk'
import type { Selection } from './selection'

/** The runs that match and are not deleted. */
export function selectRuns(
  chunks: readonly ColumnChunk[],
  expression: FilterExpression,
  termMask: TermMask,
): Selection {
  return chunks.map((chunk) => {
    const runs = matchChunk(chunk, expression, termMask)
    for (let row = 0; row < runs.length; row++) if (!isVisible(chunk, row)) runs[row] = 0
    return { chunk, runs }
  })
}

/** Every run that is not deleted. */
export const allRuns = (chunks: readonly ColumnChunk[]): Selection =>
  chunks.map((chunk) => ({
    chunk,
    runs: Uint8Array.from(chunk.runNumbers.deletedAt, (at) => Number(Number.isNaN(at))),
  }))

export const isVisible = ({ runNumbers }: ColumnChunk, row: number): boolean =>
  Number.isNaN(runNumbers.deletedAt[row] ?? Number.NaN)

/** Where the history stands: runs that come later have a greater place. */
export function arrivedOf(chunks: readonly { readonly runs: number }[]): number {
  return chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK_RUNS + (chunks.at(-1)?.runs ?? 0)
}

/** Those that were there when the history stood at `asOf`, and how many came since. */
export function splitArrived(
  selection: Selection,
  asOf: number,
): { readonly there: Selection; readonly waiting: number } {
  let waiting = 0
  const there = selection.map((part) => {
    const place = part.chunk.chunk * CHUNK_RUNS
    if (place + part.runs.length <= asOf) return part
    return {
      ...part,
      runs: part.runs.map((selected, row) => {
        if (selected === 0 || place + row < asOf) return selected
        waiting += 1
        return 0
      }),
    }
  })
  return { there, waiting }
}
