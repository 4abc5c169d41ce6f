import type { GpuTrace, ImportReport, RunHistory } from '../../types'
import { createBreather } from '../shared/createBreather'
import { attemptKeysOf, traceKey } from './attemptKeys'
import { forecastRuns, type ForecastRun } from './forecastRuns'
import { ImportError } from './importError'
import { createImportTally } from './importTally'
import { readFile } from './readFile'
import type { ReadRecord } from './readExport'
import { textDigest } from './textDigest'

export interface ImportOptions {
  /** Counts what would happen and writes nothing. */
  readonly dryRun?: boolean
  /** What becomes of a run that the history has in other words; default 'merge'. */
  readonly onConflict?: 'keep' | 'replace' | 'merge'
  /** Gets the share of the file that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** Between two batches; what was saved by then stays. */
  readonly signal?: AbortSignal
}

/** Saved at once: one transaction, one answer across threads. */
const BATCH = 512

/**
 * Brings a JSON export, or one of the host's artifact files, into a history. Runs keep their ids and sources, so importing a file twice
 * changes nothing. What is invalid is named by line and reason and nothing of it is stored; members we don't know are dropped; a trace
 * counts only after the run that it is of. Whatever the file holds, this doesn't throw. Rejects with an ImportError when the history
 * can't be written, and with the signal's reason.
 */
export async function importRuns(
  history: Pick<RunHistory, 'saveRuns' | 'getRuns' | 'saveTraces'>,
  file: Blob,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { dryRun = false, onConflict = 'merge', onProgress, signal } = options
  const tally = createImportTally()
  const seen = new Map<string, number>()
  const attempts = new Set<number>()
  const breathe = createBreather()
  let runs: ForecastRun[] = []
  let traces: GpuTrace[] = []

  const take = ({ record, digest, where }: ReadRecord): void => {
    if (record.kind === 'run') {
      runs.push({ run: record.run, digest })
      for (const key of attemptKeysOf(record.run)) attempts.add(textDigest(key))
    } else if (attempts.has(textDigest(traceKey(record.trace)))) traces.push(record.trace)
    else tally.problem({ ...where, reason: 'This GPU trace is of no attempt of a valid run before it.' })
  }

  const save = async (bytes: number): Promise<void> => {
    const batch = { runs, traces }
    runs = []
    traces = []
    if (batch.runs.length > 0)
      tally.add(
        dryRun
          ? await forecastRuns(history, batch.runs, onConflict, seen)
          : await history.saveRuns(
              batch.runs.map(({ run }) => run),
              { onConflict },
            ),
      )
    if (batch.traces.length > 0 && !dryRun) await history.saveTraces(batch.traces)
    onProgress?.(file.size === 0 ? 1 : Math.min(1, bytes / file.size))
  }

  let saving = Promise.resolve()
  /** One batch is written while the next is read. */
  const flush = async (bytes: number): Promise<void> => {
    await saving
    signal?.throwIfAborted()
    saving = save(bytes)
    saving.catch(() => undefined) // told by whoever waits for it next
  }

  let bytes = 0
  try {
    for await (const piece of readFile(file)) {
      bytes = piece.bytes
      if (piece.is === 'record') take(piece.record)
      else tally.problem(piece.problem)
      await breathe()
      if (runs.length >= BATCH || traces.length >= BATCH) await flush(bytes)
    }
    await flush(file.size)
    await saving
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ImportError(error, tally.report(dryRun), file.size - bytes)
  }
  return tally.report(dryRun)
}
