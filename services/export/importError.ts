import type { ImportReport } from '../../types'
import { isStorageFull } from '../history/isStorageFull'

/** The history could not take a file whole; `message` says why, how much is missing and what to do, `report` what is saved of it. */
export class ImportError extends Error {
  constructor(
    cause: unknown,
    readonly report: ImportReport,
    bytesLeft: number,
  ) {
    const why = cause instanceof Error ? cause.message : 'The history could not be written.'
    const { added, merged, same } = report
    const saved = `${added + merged + same} runs of the file are saved`
    const megabytes = Math.max(1, Math.round(bytesLeft / 2 ** 20))
    super(
      `${why} ${saved}; up to ${megabytes} MB of it are missing. Import it again when that is mended: what is saved already stays as it is.`,
      { cause },
    )
    // As in HistoryError: the name is how a page knows that there is no room.
    this.name = cause instanceof Error && isStorageFull(cause) ? cause.name : 'ImportError'
  }
}
