import type { ColumnChunk } from './columnChunk'

/**
 * 1 for each row for which something is true; undefined where there is none. What is true of a run is kept by runs: it holds for all
 * its scenes. Rows may be shared: never write to them.
 */
export type Mask = RowMask | undefined
/** Rows of a chunk's runs or scenes, 1 each. */
export interface RowMask {
  readonly of: 'runs' | 'scenes'
  readonly rows: Uint8Array
}

/** A mask of these rows. */
export const maskOf = (of: RowMask['of'], rows: Uint8Array | undefined): Mask => rows && { of, rows }

/** 1 for every run that has a scene in the mask. */
export function runsIn({ starts, runIds }: ColumnChunk, mask: Mask): Uint8Array {
  if (mask?.of === 'runs') return mask.rows
  const runs = new Uint8Array(runIds.length)
  if (!mask) return runs
  const { rows } = mask
  let scene = 0
  for (let run = 0; run < runs.length; run++) {
    const end = starts[run + 1] ?? 0
    let found = 0
    for (; scene < end; scene++) found |= rows[scene] ?? 0
    runs[run] = found
  }
  return runs
}

/** 1 for every scene in the mask; undefined where there is none. */
export function scenesIn(chunk: ColumnChunk, mask: Mask): Uint8Array | undefined {
  return mask?.of === 'runs' ? scenesOfRuns(chunk, mask.rows) : mask?.rows
}

/** The rows that are in all of the masks, or in any of them; of no mask, undefined. */
export function combineMasks(chunk: ColumnChunk, masks: readonly RowMask[], how: 'all' | 'any'): Mask {
  const runs = combineRows(rowsOf(masks, 'runs'), how)
  const scenes = combineRows(rowsOf(masks, 'scenes'), how)
  if (!runs || !scenes) return maskOf('runs', runs) ?? maskOf('scenes', scenes)
  const rows = scenesOfRuns(chunk, runs)
  combine(rows, scenes, how)
  return { of: 'scenes', rows }
}

const rowsOf = (masks: readonly RowMask[], of: RowMask['of']): readonly Uint8Array[] =>
  masks.flatMap((mask) => (mask.of === of ? mask.rows : []))

function combineRows([first, ...others]: readonly Uint8Array[], how: 'all' | 'any'): Uint8Array | undefined {
  if (!first || others.length === 0) return first
  const rows = first.slice()
  for (const other of others) combine(rows, other, how)
  return rows
}

/** Four rows at a time, the rest one by one. */
function combine(into: Uint8Array, other: Uint8Array, how: 'all' | 'any'): void {
  const words = into.length >> 2
  const a = new Int32Array(into.buffer, 0, words)
  const b = new Int32Array(other.buffer, 0, words)
  if (how === 'all') for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) & (b[at] ?? 0)
  else for (let at = 0; at < words; at++) a[at] = (a[at] ?? 0) | (b[at] ?? 0)
  for (let at = words << 2; at < into.length; at++)
    into[at] = how === 'all' ? (into[at] ?? 0) & (other[at] ?? 0) : (into[at] ?? 0) | (other[at] ?? 0)
}

function scenesOfRuns({ starts }: ColumnChunk, runs: Uint8Array): Uint8Array {
  const scenes = new Uint8Array(starts[runs.length] ?? 0)
  let scene = 0
  for (let run = 0; run < runs.length; run++) {
    const end = starts[run + 1] ?? 0
    const is = runs[run] ?? 0
    for (; scene < end; scene++) scenes[scene] = is
  }
  return scenes
}
