import type { ColumnRow } from '../columns/columnChunk'

/** The columns of one transaction: what is put is written by `flush`, and known to readers after `committed`. */
export interface ColumnEdit {
  /** The chunk of a run that is new, and its place among all that ever came. */
  place(): { readonly chunk: number; readonly arrived: number }
  /** Whether there is such a run, deleted or not; undefined where only its record can tell. */
  knows(runId: string): boolean | undefined
  put(chunk: number, row: ColumnRow): void
  remove(chunk: number, runId: string): void
  /** Has a chunk written though none of its runs changed. */
  touch(chunk: number): void
  /** Writes every chunk that was touched, once; the last thing in the transaction. */
  flush(): Promise<void>
  committed(): void
}
