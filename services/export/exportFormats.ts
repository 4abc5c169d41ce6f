import type { ExportFormat } from '../../types'
import type { ExportWriter } from './exportWriter'

/** The formats that can be written, each loaded when it is asked for. */
export const EXPORT_FORMATS: Readonly<Partial<Record<ExportFormat, () => Promise<ExportWriter>>>> = {
  json: async () => (await import('./writeJson')).JSON_WRITER,
  csv: async () => (await import('./writeCsv')).CSV_WRITER,
}
