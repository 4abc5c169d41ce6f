import type { FilterExpression } from '../../types'
import { isEverything } from '../filter/terms'
import { CHUNK_RUNS, type ColumnChunk } from './columnChunk'
import { matchChunk, type TermMask } from './matchChunk'
import type { Selection } from './selection'

/** The runs that match and are not deleted. */
export function selectRuns(
  chunks: readonly ColumnChunk[],
  expression: FilterExpression,
  termMask: TermMask,
): Selection {
  if (isEverything(expression)) return allRuns(chunks)
  return chunks.map((chunk) => {
    const runs = matchChunk(chunk, expression, termMask)
    const visible = visibleRuns(chunk)
    for (let row = 0; row < runs.length; row++) runs[row] = (runs[row] ?? 0) & (visible[row] ?? 0)
    return { chunk, runs }
  })
}

/** Every run that is not deleted. */
export const allRuns = (chunks: readonly ColumnChunk[]): Selection =>
  chunks.map((chunk) => ({ chunk, runs: visibleRuns(chunk) }))

export const isVisible = ({ runNumbers }: ColumnChunk, row: number): boolean =>
  Number.isNaN(runNumbers.deletedAt[row] ?? Number.NaN)

const visibleOf = new WeakMap<ColumnChunk, Uint8Array>()

/** 1 for every run that is not deleted; made once for a chunk, and not to be written to. */
export function visibleRuns(chunk: ColumnChunk): Uint8Array {
  const known = visibleOf.get(chunk)
  if (known) return known
  const visible = Uint8Array.from(chunk.runNumbers.deletedAt, (at) => Number(Number.isNaN(at)))
  visibleOf.set(chunk, visible)
  return visible
}

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
