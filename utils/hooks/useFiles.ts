import { useCallback } from 'react'
import type { ImportReport } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useLongTask, type LongTask } from './useLongTask'

/** A file that is looked at, and what would come of it; then what came of it. */
export interface ImportedFile {
  readonly file: File
  readonly report: ImportReport
}

/** Import in two steps: a file is counted without writing anything, then written when a person says so. */
export function useImport(): LongTask<ImportedFile> & {
  check(file: File): void
  write(file: File): void
  cancel(): void
} {
  const { files } = useTelemetry()
  const { start, ...task } = useLongTask<ImportedFile>()
  const run = useCallback(
    (file: File, dryRun: boolean) =>
      start(async (tools) => ({ file, report: await files.importRuns(file, { ...tools, dryRun }) })),
    [files, start],
  )
  return {
    ...task,
    check: useCallback((file) => run(file, true), [run]),
    write: useCallback((file) => run(file, false), [run]),
  }
}

/** Everything that is saved as one JSON file, given to `save` when it is whole. */
export function useExport(save: (blob: Blob, name: string) => void): LongTask<{
  readonly name: string
  readonly bytes: number
}> & { begin(): void; cancel(): void } {
  const { files } = useTelemetry()
  const { start, ...task } = useLongTask<{ readonly name: string; readonly bytes: number }>()
  const begin = useCallback(
    () =>
      start(async (tools) => {
        const { blob, fileName } = await files.exportHistory({ ...tools, format: 'json' })
        tools.signal.throwIfAborted()
        save(blob, fileName)
        return { name: fileName, bytes: blob.size }
      }),
    [files, save, start],
  )
  return { ...task, begin }
}
