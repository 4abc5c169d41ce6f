import type { HistoricalRun, ImportReport, OnConflict } from '../../types'
import { mergeRun } from './mergeRun'
import { outcomeOf, type SaveOutcome } from './outcomeOf'
import { problemOf } from './problemOf'
import { readKnown, writeRun, type RunWriter } from './runRecords'
import type { WriteRuns } from './createRunBooks'
import { saveInBatches } from './saveInBatches'

/** `onConflict` is `merge` by default; `onProgress` gets how many runs are done. */
export interface SaveOptions {
  readonly onConflict?: OnConflict
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Saves many runs, a transaction for each batch, and says what became of them. An abort leaves whole what was saved before it. */
export const saveRuns = (
  writeRuns: WriteRuns,
  runs: Iterable<HistoricalRun>,
  { onConflict = 'merge', ...options }: SaveOptions,
): Promise<ImportReport> =>
  saveInBatches(runs, (batch) => writeRuns([], (writer) => saveBatch(writer, batch, onConflict)), options)

async function saveBatch(
  writer: RunWriter,
  runs: readonly HistoricalRun[],
  onConflict: OnConflict,
): Promise<ImportReport> {
  const tally = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const invalid: ImportReport['invalid'][number][] = []
  for (const [index, run] of runs.entries()) {
    const reason = problemOf(run)
    if (reason !== undefined) invalid.push({ line: index + 1, reason })
    else tally[await saveOne(writer, run, onConflict)] += 1
  }
  return { ...tally, invalid, dryRun: false }
}

async function saveOne(
  writer: RunWriter,
  run: HistoricalRun,
  onConflict: OnConflict,
): Promise<SaveOutcome['is']> {
  const before = await readKnown(writer, run.runId)
  if (before?.deletion) {
    // Who saves what was deleted here wants it back.
    const { deletion: _, ...visible } = before
    writeRun(writer, mergeRun(before.run, run), visible)
    return 'added'
  }
  const { is, write } = outcomeOf(before?.run, run, onConflict)
  if (write) writeRun(writer, write, before)
  return is
}
