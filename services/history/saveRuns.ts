import type { Standing } from '../columns/rowOfRun'
import type { HistoricalRun, ImportProblem, ImportReport, OnConflict } from '../../types'
import { combine, outcomeOf, type SaveOutcome } from './outcomeOf'
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
  const invalid: ImportProblem[] = []
  const leftOut: ImportProblem[] = []
  const valid: { readonly run: HistoricalRun; readonly line: number }[] = []
  for (const [index, run] of runs.entries()) {
    const checked = checkRun(run)
    const line = index + 1
    if (checked.ok) valid.push({ run: checked.value, line })
    else invalid.push({ line, reason: checked.error })
  }
  // All are asked for at once: a turn to the database for each would take longer than the writing.
  const stored = await Promise.all(valid.map(({ run }) => readKnown(writer, run.runId)))
  const written = new Set<string>()
  for (const [index, { run, line }] of valid.entries()) {
    const { runId } = run
    const before = written.has(runId) ? await readKnown(writer, runId) : stored[index]
    const outcome = await saveOne(writer, run, before, onConflict)
    tally[outcome.is] += 1
    if (outcome.leftOut !== undefined) leftOut.push({ line, reason: outcome.leftOut })
    written.add(runId)
  }
  return { ...tally, invalid, ...(leftOut.length > 0 ? { leftOut } : {}), dryRun: false }
}

async function saveOne(
  writer: RunWriter,
  run: HistoricalRun,
  before: RunRecord | undefined,
  onConflict: OnConflict,
): Promise<SaveOutcome> {
  if (before?.deletion) {
    // Who saves what was deleted here wants it back.
    const { made, ...rest } = combine(before.run, run, onConflict)
    await replaceRun(writer, made, before, {})
    return { is: 'added', ...rest }
  }
  const outcome = outcomeOf(before?.run, run, onConflict)
  if (outcome.write) await replaceRun(writer, outcome.write, before)
  return outcome
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
