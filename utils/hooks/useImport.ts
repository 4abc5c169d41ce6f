import { useCallback } from 'react'
import type { ImportedFile } from '../files/createFileTasks'
import type { LongTask } from '../files/createLongTask'
import { useTelemetry } from './TelemetryProvider'
import { useFileTasks } from './useFileTasks'
import { useLongTask } from './useLongTask'

export type { ImportedFile }

/** Import in two steps: a file is counted without writing anything, then written when a person says so. */
export function useImport(): {
  readonly task: LongTask<ImportedFile>
  check(file: File): void
  write(file: File): void
  cancel(): void
} {
  const { files } = useTelemetry()
  const { importing } = useFileTasks()
  const run = useCallback(
    (file: File, dryRun: boolean) =>
      importing.start(
        `${dryRun ? 'Reading' : 'Importing'} ${file.name}`,
        async (tools) => ({ file, report: await files.importRuns(file, { ...tools, dryRun }) }),
        file.size,
      ),
    [files, importing],
  )
  return {
    task: useLongTask(importing),
    check: useCallback((file) => run(file, true), [run]),
    write: useCallback((file) => run(file, false), [run]),
    cancel: importing.cancel,
  }
}
