import type { GpuTrace, HistoricalRun, OnConflict, RunHistory } from '../../types'
import { attemptKeysOf, traceKey } from './attemptKeys'
import { forecastRuns, type ForecastRun } from './forecastRuns'
import type { ImportTally } from './importTally'
import type { ReadRecord } from './readExport'
import { textDigest } from '../shared/textDigest'

/** What an import needs of a history. */
export type ImportHistory = Pick<RunHistory, 'saveRuns' | 'getRuns' | 'saveTraces'>

/** Takes records one by one and saves them a batch at a time, one batch while the next is taken. */
export interface ImportWriter {
  take(record: ReadRecord): void
  isFull(): boolean
  /** Begins to save what was taken, once what was begun before is saved; rejects with what went wrong there. */
  flush(onSaved: () => void): Promise<void>
  /** When everything that was begun is saved. */
  saved(): Promise<void>
}

/** Saved at once: one transaction, one answer across threads. */
const BATCH = 512

/** `tally` gets what became of the runs, and the traces that are of none of them. A dry run counts and saves nothing. */
export function createImportWriter(
  history: ImportHistory,
  tally: ImportTally,
  { dryRun, onConflict }: { dryRun: boolean; onConflict: OnConflict },
): ImportWriter {
  const seen = new Map<string, number>()
  const attempts = new Set<number>()
  const left = new Set<number>()
  let runs: ForecastRun[] = []
  let traces: GpuTrace[] = []
  let saving = Promise.resolve()

  const saveRuns = async (batch: readonly ForecastRun[]): Promise<void> => {
    const report = await history.saveRuns(
      batch.map(({ run }) => run),
      { onConflict },
    )
    tally.add(report)
    for (const { line = 0, reason } of report.leftOut ?? []) {
      const { run, where } = batch[line - 1] ?? {} // its lines count the batch
      tally.leftOut({ ...where, reason })
      if (run) await leaveAttempts(run)
    }
  }
  /** The traces of attempts that were left out would be of nobody. */
  const leaveAttempts = async (run: HistoricalRun): Promise<void> => {
    const kept = new Set((await history.getRuns([run.runId])).flatMap(attemptKeysOf))
    for (const key of attemptKeysOf(run)) if (!kept.has(key)) left.add(textDigest(key))
  }
  const save = async (batch: readonly ForecastRun[], ofBatch: readonly GpuTrace[]): Promise<void> => {
    if (dryRun) {
      const forecast = await forecastRuns(history, batch, onConflict, seen)
      tally.add(forecast)
      forecast.leftOut?.forEach(tally.leftOut)
      return
    }
    if (batch.length > 0) await saveRuns(batch)
    const kept = ofBatch.filter((trace) => !left.has(textDigest(traceKey(trace))))
    if (kept.length > 0) await history.saveTraces(kept)
  }
  return {
    take({ record, digest, where }) {
      if (record.kind === 'run') {
        runs.push({ run: record.run, digest, where })
        for (const key of attemptKeysOf(record.run)) attempts.add(textDigest(key))
      } else if (attempts.has(textDigest(traceKey(record.trace)))) traces.push(record.trace)
      else tally.problem({ ...where, reason: 'This GPU trace is of no attempt of a valid run before it.' })
    },
    isFull: () => runs.length >= BATCH || traces.length >= BATCH,
    async flush(onSaved) {
      await saving
      saving = save(runs, traces).then(onSaved)
      saving.catch(() => undefined) // told by whoever waits for it next
      runs = []
      traces = []
    },
    saved: () => saving,
  }
}
