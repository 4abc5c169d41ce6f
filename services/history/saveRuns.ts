import type { Standing } from '../columns/rowOfRun'
import type { HistoricalRun, ImportReport, OnConflict } from '../../types'
import { mergeRun } from './mergeRun'
import { outcomeOf, type SaveOutcome } from './outcomeOf'
import { checkRun } from './checkRun'
import { eraseTraces } from './eraseTraces'
import type { RunRecord } from './readRecord'
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
  saveInBatches(
    runs,
    (batch) => writeRuns(['samples'], (writer) => saveBatch(writer, batch, onConflict)),
    options,
  )

async function saveBatch(
  writer: RunWriter,
  runs: readonly HistoricalRun[],
  onConflict: OnConflict,
): Promise<ImportReport> {
  const tally = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const invalid: ImportReport['invalid'][number][] = []
  const valid: HistoricalRun[] = []
  for (const [index, run] of runs.entries()) {
    const checked = checkRun(run)
    if (checked.ok) valid.push(checked.value)
    else invalid.push({ line: index + 1, reason: checked.error })
  }
  // All are asked for at once: a turn to the database for each would take longer than the writing.
  const stored = await Promise.all(valid.map(({ runId }) => readKnown(writer, runId)))
  const written = new Set<string>()
  for (const [index, run] of valid.entries()) {
    const { runId } = run
    const before = written.has(runId) ? await readKnown(writer, runId) : stored[index]
    tally[await saveOne(writer, run, before, onConflict)] += 1
    written.add(runId)
  }
  return { ...tally, invalid, dryRun: false }
}

async function saveOne(
  writer: RunWriter,
  run: HistoricalRun,
  before: RunRecord | undefined,
  onConflict: OnConflict,
): Promise<SaveOutcome['is']> {
  if (before?.deletion) {
    // Who saves what was deleted here wants it back.
    await replaceRun(writer, onConflict === 'merge' ? mergeRun(before.run, run) : run, before, {})
    return 'added'
  }
  const { is, write } = outcomeOf(before?.run, run, onConflict)
  if (write) await replaceRun(writer, write, before)
  return is
}

/** Attempts that are in the run no more take their traces with them. */
async function replaceRun(
  writer: RunWriter,
  run: HistoricalRun,
  before: RunRecord | undefined,
  standing?: Pick<Standing, 'deletion'>,
): Promise<void> {
  writeRun(writer, run, before, standing)
  if (before) await eraseTraces(writer.tx, before.run, run)
}
