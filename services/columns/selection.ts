import type { ColumnChunk } from './columnChunk'
import { CHUNK_RUNS } from './columnsVersion'

/** The runs of a chunk that were selected, 1 each; others may hold the same array. */
export interface ChunkSelection {
  readonly chunk: ColumnChunk
  readonly runs: Uint8Array
}
/** Selected runs, chunk by chunk. */
export type Selection = readonly ChunkSelection[]
/** A run in the columns. */
export interface RunRef {
  readonly chunk: ColumnChunk
  readonly row: number
}
/** Selected runs in the order of a list: `at(0)` is its first row. */
export interface OrderedRuns {
  readonly length: number
  at(index: number): RunRef | undefined
}

/** A run of a selection as one number: the part of it, and the row there. */
export const placeOf = (index: number, row: number): number => index * CHUNK_RUNS + row

/** The run at such a place. */
export function refAt(selection: Selection, place: number): RunRef | undefined {
  const chunk = selection[Math.floor(place / CHUNK_RUNS)]?.chunk
  return chunk && { chunk, row: place % CHUNK_RUNS }
}

/** How many runs are selected. */
export function countOf(selection: Selection): number {
  let count = 0
  for (const { runs } of selection) for (let row = 0; row < runs.length; row++) count += runs[row] ?? 0
  return count
}

/** The scene rows of a run, among them the one that stands for a run without scenes. Too slow for a pass over everything. */
export const scenesOf = (ref: RunRef | undefined): readonly number[] => {
  const from = ref?.chunk.starts[ref.row] ?? 0
  const to = ref?.chunk.starts[ref.row + 1] ?? from
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** Calls with every selected run. */
export function eachRun(selection: Selection, call: (chunk: ColumnChunk, row: number) => void): void {
  for (const { chunk, runs } of selection)
    for (let row = 0; row < runs.length; row++) if (runs[row] === 1) call(chunk, row)
}

/** Calls with every scene row of the selected runs; the row that stands for a run without scenes is left out. */
export function eachScene(
  selection: Selection,
  call: (chunk: ColumnChunk, scene: number, row: number) => void,
): void {
  for (const { chunk, runs } of selection) {
    const { codes } = chunk.sceneTexts.sceneId
    for (let row = 0; row < runs.length; row++) {
      if (runs[row] !== 1) continue
      const end = chunk.starts[row + 1] ?? 0
      for (let scene = chunk.starts[row] ?? 0; scene < end; scene++)
        if (codes[scene] !== 0) call(chunk, scene, row)
    }
  }
}
