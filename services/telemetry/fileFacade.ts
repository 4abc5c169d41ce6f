import type { ImportReport } from '../../types'
import type { ExportedFile, HistoryExport, ImportOptions } from '../exportService'
import { createId } from '../shared/createId'
import type { FileCalls } from './fileCalls'

/** Export and import of the saved runs, worked on where the history is. */
export interface PageFiles {
  /** As `importRuns` of services/exportService. */
  importRuns(file: Blob, options?: ImportOptions): Promise<ImportReport>
  /** As `exportHistory` of services/exportService. */
  exportHistory(how: HistoryExport): Promise<ExportedFile>
}

/** Signals and progress over calls that may go to another thread. */
export function createFileFacade(calls: Promise<FileCalls>): PageFiles {
  const run = async <T>(
    signal: AbortSignal | undefined,
    work: (services: FileCalls, task: string) => Promise<T>,
  ): Promise<T> => {
    const services = await calls
    signal?.throwIfAborted()
    const task = createId()
    const cancel = (): void => void services.cancelFile(task)
    signal?.addEventListener('abort', cancel)
    try {
      return await work(services, task)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
  return {
    importRuns: (file, { onProgress = () => undefined, signal, ...how } = {}) =>
      run(signal, (services, task) => services.importFile(task, file, how, onProgress)),
    exportHistory: ({ onProgress = () => undefined, signal, format, fields, query, runIds }) =>
      run(signal, (services, task) =>
        services.exportFile(
          task,
          { format, ...(fields && { fields }), ...(query && { query }), ...(runIds && { runIds }) },
          onProgress,
        ),
      ),
  }
}
