import type { ColumnRow } from '../columns/columnChunk'
import type { ChunkHead } from './columnsHead'
import type { RunRecord } from './readRecord'

/** What becomes of a chunk in one transaction. */
export interface ChunkChange {
  /** Put in the place of the run's row, or at the end. */
  readonly rows: Map<string, ColumnRow>
  readonly removed: Set<string>
  /** By how much the rows put raise the number of runs, and of runs that are not deleted. */
  added: number
  shown: number
}

/** Nothing yet. */
export const noChange = (): ChunkChange => ({ rows: new Map(), removed: new Set(), added: 0, shown: 0 })

/** Puts a row; `before` is the run's record until now, none of a new one. */
export function putRow(change: ChunkChange, row: ColumnRow, before: RunRecord | undefined): void {
  change.rows.set(row.runId, row)
  if (!before) change.added += 1
  change.shown += Number(row.numbers.deletedAt === undefined) - Number(before ? !before.deletion : false)
}

/** The head after a change that removed nothing; undefined where only the chunk itself can tell. */
export function headAfter(
  { revision, runs, visible, arrived }: ChunkHead,
  { rows, removed, added, shown }: ChunkChange,
  next: number,
): ChunkHead | undefined {
  const isKnown = revision > 0 && visible !== undefined && arrived !== undefined
  if (!isKnown || removed.size > 0 || rows.size === 0) return undefined
  const last = [...rows.values()].reduce((most, { numbers }) => Math.max(most, numbers.arrived ?? 0), arrived)
  return { revision: next, runs: runs + added, visible: visible + shown, arrived: last }
}
