import type { SeedRequest } from '../../services/seed/fillHistory'
import type { ImportReport } from '../../types'
import { createLongTask, type LongTaskStore } from './createLongTask'

/** A file that was looked at, and what would come of it; then what came of it. */
export interface ImportedFile {
  readonly file: File
  readonly report: ImportReport
}
/** A file that was given to the browser's downloads. */
export interface SavedFile {
  readonly name: string
  readonly bytes: number
}

/** The long work on files of one telemetry, one of each kind at a time. */
export interface FileTasks {
  readonly importing: LongTaskStore<ImportedFile>
  readonly exporting: LongTaskStore<SavedFile>
  readonly seeding: LongTaskStore<SeedRequest>
}

export const createFileTasks = (): FileTasks => ({
  importing: createLongTask(),
  exporting: createLongTask(),
  seeding: createLongTask(),
})
