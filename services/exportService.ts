import type { ExportRequest, RunHistory, RunQuery } from '../types'
import { ExportError } from './export/exportError'
import { sourceOfHistory, sourceOfRuns } from './export/exportSource'
import { runExport, type ExportedFile, type ExportHow } from './export/runExport'

export { ExportError } from './export/exportError'
export { ImportError } from './export/importError'
export { importRuns, type ImportOptions } from './export/importRuns'
export { tableCsv } from './export/tableCsv'
export type { ExportedFile } from './export/runExport'

/**
 * Runs and GPU traces as a file. `json` is lossless: `importRuns` gives the same runs again. `csv` has one row a scene and the columns
 * that `fields` names. Yields the thread every few milliseconds. Rejects with an ExportError, or with the signal's reason.
 */
export async function exportRuns(request: ExportRequest): Promise<ExportedFile> {
  if (request.filter)
    throw new ExportError('unsupported', 'Runs are filtered by the history: export what its query found.')
  return runExport(sourceOfRuns(request.runs, request.traces ?? []), request)
}

/** What of a history goes into which file. */
export type HistoryExport = ExportHow & {
  readonly query?: Omit<RunQuery, 'signal'>
  /** These runs, in this order, whatever a query finds. */
  readonly runIds?: readonly string[]
}

/** The runs of a history that match a query, or those that are named, with their traces, read a page at a time: memory stays flat whatever their number. */
export async function exportHistory(
  history: Pick<RunHistory, 'runIds' | 'getRuns' | 'traces'>,
  how: HistoryExport,
): Promise<ExportedFile> {
  const signal = how.signal ? { signal: how.signal } : {}
  const runIds = how.runIds ?? (await history.runIds({ ...how.query, ...signal }))
  return runExport(sourceOfHistory(history, runIds), how)
}
