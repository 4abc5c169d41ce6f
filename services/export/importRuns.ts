import type { ImportReport, OnConflict } from '../../types'
import { createBreather } from '../shared/createBreather'
import { createImportWriter, type ImportHistory } from './createImportWriter'
import { ImportError } from './importError'
import { createImportTally } from './importTally'
import { readFile } from './readFile'

/** How a file is brought in. */
export interface ImportOptions {
  /** Counts what would happen and writes nothing. */
  readonly dryRun?: boolean
  /** Default 'merge'. */
  readonly onConflict?: OnConflict
  /** Gets the share of the file that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** Heeded between two batches; what was saved by then stays. */
  readonly signal?: AbortSignal
}

/**
 * Brings a JSON export, or one of the host's artifact files, into a history. Runs keep their ids and sources, so importing a file twice
 * changes nothing. What is invalid is named by line and reason and nothing of it is stored; members we don't know are dropped; a trace
 * counts only after the run that it is of. Whatever the file holds, this doesn't throw. Rejects with an ImportError when the history
 * can't be written, and with the signal's reason.
 */
export async function importRuns(
  history: ImportHistory,
  file: Blob,
  { dryRun = false, onConflict = 'merge', onProgress, signal }: ImportOptions = {},
): Promise<ImportReport> {
  const tally = createImportTally()
  const writer = createImportWriter(history, tally, { dryRun, onConflict })
  const breathe = createBreather()
  let bytes = 0
  let savedBytes = 0
  const flush = (): Promise<void> => {
    signal?.throwIfAborted()
    const taken = bytes
    return writer.flush(() => {
      savedBytes = taken
      onProgress?.(file.size === 0 ? 1 : Math.min(1, taken / file.size))
    })
  }
  try {
    for await (const piece of readFile(file)) {
      bytes = piece.bytes
      if (piece.is === 'record') writer.take(piece.record)
      else tally.problem(piece.problem)
      await breathe()
      if (writer.isFull()) await flush()
    }
    bytes = file.size
    await flush()
    await writer.saved()
  } catch (error) {
    // What is being saved still counts; if it is what went wrong, that is known already.
    await writer.saved().catch(() => undefined)
    if (signal?.aborted) throw error
    throw new ImportError(error, tally.report(dryRun), file.size - savedBytes)
  }
  return tally.report(dryRun)
}
