import { useCallback, useSyncExternalStore } from 'react'
import type { HistoryExport } from '../../services/exportService'
import { saveFile } from '../charts/saveFile'
import type { SavedFile } from '../files/createFileTasks'
import type { LongTask, LongTaskTools } from '../files/createLongTask'
import { writeTable, type WrittenTable } from '../files/writeTable'
import { useTelemetry } from './TelemetryProvider'
import { useFileTasks } from './useFileTasks'
import { useLongTask } from './useLongTask'

/** Writes saved runs into a file that the browser downloads, one file at a time: while one is written, nothing else begins. */
export interface RunFiles {
  readonly isBusy: boolean
  /** Whole, with scenes and GPU traces; `of` says which: `312 runs`. */
  saveJson(of: string, which?: Pick<HistoryExport, 'query' | 'runIds'>): void
  /** A table as it is shown. */
  saveCsv(of: string, table: WrittenTable): void
}

/**
 * Writes saved runs into a file that the browser downloads, one file at a time: while one is written, nothing else begins. Throws
 * outside the providers.
 */
export function useRunFiles(): RunFiles {
  const { files, history } = useTelemetry()
  const { exporting } = useFileTasks()
  const { status } = useSyncExternalStore(exporting.subscribe, exporting.getSnapshot)
  const isBusy = status === 'running'
  const save = useCallback(
    (of: string, write: (tools: LongTaskTools) => Promise<WrittenFile>) => {
      if (exporting.getSnapshot().status === 'running') return
      exporting.start(`Writing ${of}`, async (tools) => saved(await write(tools), tools.signal))
    },
    [exporting],
  )
  const saveJson: RunFiles['saveJson'] = useCallback(
    (of, which) => save(of, (tools) => files.exportHistory({ ...tools, ...which, format: 'json' })),
    [files, save],
  )
  const saveCsv: RunFiles['saveCsv'] = useCallback(
    (of, table) => save(of, (tools) => writeTable(history, table, tools)),
    [history, save],
  )
  return { isBusy, saveJson, saveCsv }
}

/** How the file stands that is being written, for who shows it. */
export function useExportTask(): { readonly task: LongTask<SavedFile>; cancel(): void } {
  const { exporting } = useFileTasks()
  return { task: useLongTask(exporting), cancel: exporting.cancel }
}

interface WrittenFile {
  readonly blob: Blob
  readonly fileName: string
}

function saved({ blob, fileName }: WrittenFile, signal: AbortSignal): SavedFile {
  signal.throwIfAborted()
  saveFile(blob, fileName)
  return { name: fileName, bytes: blob.size }
}
