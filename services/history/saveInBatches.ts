import type { HistoricalRun, ImportProblem, ImportReport } from '../../types'

/** Runs of a transaction, and of a call to the worker: progress and an abort are heeded in between. */
const BATCH = 512

interface BatchOptions {
  /** Gets how many runs are done. */
  readonly onProgress?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Saves runs a batch at a time and says what became of all of them. An abort rejects and leaves whole what was saved before it. The
 * lines of `save`'s report count its own batch, from 1; those of the answer count all.
 */
export async function saveInBatches(
  runs: Iterable<HistoricalRun>,
  save: (batch: readonly HistoricalRun[]) => Promise<ImportReport>,
  { onProgress, signal }: BatchOptions,
): Promise<ImportReport> {
  let report: ImportReport = { added: 0, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: false }
  let done = 0
  for (const batch of batchesOf(runs)) {
    signal?.throwIfAborted()
    report = sumOf(report, await save(batch), done)
    done += batch.length
    onProgress?.(done)
  }
  return report
}

function sumOf(a: ImportReport, b: ImportReport, linesBefore: number): ImportReport {
  const placed = (problem: ImportProblem): ImportProblem =>
    problem.line === undefined ? problem : { ...problem, line: problem.line + linesBefore }
  const leftOut = [...(a.leftOut ?? []), ...(b.leftOut ?? []).map(placed)]
  return {
    added: a.added + b.added,
    same: a.same + b.same,
    merged: a.merged + b.merged,
    conflicting: a.conflicting + b.conflicting,
    invalid: [...a.invalid, ...b.invalid.map(placed)],
    ...(leftOut.length > 0 ? { leftOut } : {}),
    dryRun: false,
  }
}

function* batchesOf<T>(items: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
