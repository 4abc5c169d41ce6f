import type { ColumnRow } from '../columns/columnChunk'
import type { RunRecord } from './readRecord'

/** The columns of one transaction: what is put is written by `flush`, and known to readers after `committed`. */
export interface ColumnEdit {
  /** The chunk of a run that is new, and its place among all that ever came. */
  place(): { readonly chunk: number; readonly arrived: number }
  /** Whether there is such a run, deleted or not; undefined where only its record can tell. */
  knows(runId: string): boolean | undefined
  /** `before` is the run's record until now; none of a new run. */
  put(chunk: number, row: ColumnRow, before: RunRecord | undefined): void
  remove(chunk: number, runId: string): void
  /** Has a chunk written though none of its runs changed. */
  touch(chunk: number): void
  /** Writes what was changed, once; the last thing in the transaction. */
  flush(): Promise<void>
  /** After the commit: readers get to know. */
  committed(): void
}
