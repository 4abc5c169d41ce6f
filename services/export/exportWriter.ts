import type { Breather } from '../shared/createBreather'
import type { ExportBatch } from './exportSource'

/** What a format is given to write. Batches heed progress and abort by themselves. */
export interface ExportTask {
  readonly batches: AsyncIterable<ExportBatch>
  /** Of a table: which columns, in which order; absent: all. */
  readonly fields: readonly string[] | undefined
  readonly exportedAt: number
  readonly breathe: Breather
}
/** One format; `write` rejects with what the batches reject with. */
export interface ExportWriter {
  readonly extension: string
  /** Whether `fields` may choose what is in the file. */
  readonly takesFields: boolean
  write(task: ExportTask): Promise<Blob>
}
