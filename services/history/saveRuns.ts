import type { HistoricalRun, ImportReport } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { mergeRun, normalizeRun } from './mergeRun'
import { problemOf } from './problemOf'
import { readKnown, writeRun, type RunWriter } from './runRecords'
import type { WriteRuns } from './createRunBooks'

export interface SaveOptions {
  readonly onConflict?: 'keep' | 'replace' | 'merge'
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Runs a transaction: all of them or none. */
const CHUNK = 512

/** Saves many runs and says what became of them. An abort leaves whole what was saved before it. */
export async function saveRuns(
  writeRuns: WriteRuns,
  runs: Iterable<HistoricalRun>,
  { onConflict = 'merge', onProgress, signal }: SaveOptions,
): Promise<ImportReport> {
  let report: ImportReport = { added: 0, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: false }
  let done = 0
  for (const chunk of chunksOf(runs)) {
    signal?.throwIfAborted()
    const before = report
    report = await writeRuns([], (writer) => saveChunk(writer, chunk, onConflict, before, done))
    done += chunk.length
    onProgress?.(done)
  }
  return report
}

async function saveChunk(
  writer: RunWriter,
  runs: readonly HistoricalRun[],
  onConflict: 'keep' | 'replace' | 'merge',
  before: ImportReport,
  done: number,
): Promise<ImportReport> {
  // The transaction may be tried again: it counts from what was counted before it.
  const tally = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const invalid = [...before.invalid]
  for (const [index, run] of runs.entries()) {
    const reason = problemOf(run)
    if (reason !== undefined) invalid.push({ line: done + index + 1, reason })
    else tally[await saveOne(writer, run, onConflict)] += 1
  }
  return {
    added: before.added + tally.added,
    same: before.same + tally.same,
    merged: before.merged + tally.merged,
    conflicting: before.conflicting + tally.conflicting,
    invalid,
    dryRun: false,
  }
}

type Outcome = 'added' | 'same' | 'merged' | 'conflicting'

async function saveOne(
  writer: RunWriter,
  run: HistoricalRun,
  onConflict: 'keep' | 'replace' | 'merge',
): Promise<Outcome> {
  const before = await readKnown(writer, run.runId)
  if (!before) {
    writeRun(writer, run, undefined)
    return 'added'
  }
  if (before.deletion) {
    // Who saves what was deleted here wants it back.
    const { deletion: _, ...visible } = before
    writeRun(writer, mergeRun(before.run, run), visible)
    return 'added'
  }
  const after = onConflict === 'merge' ? mergeRun(before.run, run) : normalizeRun(run)
  if (canonicalJson(before.run) === canonicalJson(after)) return 'same'
  if (onConflict !== 'keep') writeRun(writer, after, before)
  return onConflict === 'merge' ? 'merged' : 'conflicting'
}

function* chunksOf(runs: Iterable<HistoricalRun>): Generator<HistoricalRun[]> {
  let chunk: HistoricalRun[] = []
  for (const run of runs) {
    chunk.push(run)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
