import type { ImportReport, RunHistory } from '../../types'
import {
  exportHistory,
  importRuns,
  type ExportedFile,
  type HistoryExport,
  type ImportOptions,
} from '../exportService'

/** What export and import need of a history. */
export type FileHistory = Pick<RunHistory, 'saveRuns' | 'getRuns' | 'saveTraces' | 'runIds' | 'traces'>
export type FileExport = Omit<HistoryExport, 'onProgress' | 'signal' | 'now'>
export type FileImport = Pick<ImportOptions, 'dryRun' | 'onConflict'>
type Progress = (share: number) => void

/** Export and import as they cross a thread: `task` names one that may be cancelled; it rejects then with an AbortError. */
export interface FileCalls {
  importFile(task: string, file: Blob, how: FileImport, onProgress: Progress): Promise<ImportReport>
  exportFile(task: string, how: FileExport, onProgress: Progress): Promise<ExportedFile>
  cancelFile(task: string): Promise<void>
}

export function createFileCalls(history: FileHistory): FileCalls {
  const running = new Map<string, AbortController>()
  const run = async <T>(task: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController()
    running.set(task, controller)
    try {
      return await work(controller.signal)
    } finally {
      running.delete(task)
    }
  }
  return {
    importFile: (task, file, how, onProgress) =>
      run(task, async (signal) => {
        return importRuns(history, file, { ...how, onProgress, signal })
      }),
    exportFile: (task, how, onProgress) =>
      run(task, async (signal) => {
        return exportHistory(history, { ...how, onProgress, signal })
      }),
    cancelFile: async (task) => running.get(task)?.abort(),
  }
}
