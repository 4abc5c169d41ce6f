import type { ExportFormat } from '../../types'
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
export interface ExportWriter {
  readonly extension: string
  /** Whether `fields` may choose what is in the file. */
  readonly takesFields: boolean
  write(task: ExportTask): Promise<Blob>
}

/** The formats that can be written, each loaded when it is asked for. */
export const EXPORT_FORMATS: Readonly<Partial<Record<ExportFormat, () => Promise<ExportWriter>>>> = {
  json: async () => (await import('./writeJson')).JSON_WRITER,
  csv: async () => (await import('./writeCsv')).CSV_WRITER,
}
