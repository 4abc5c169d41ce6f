import type { HistoricalRun, ImportProblem, ImportReport, OnConflict, RunHistory } from '../../types'
import { outcomeOf } from '../history/outcomeOf'
import type { ImportCounts } from './importTally'

/** A run of a file and where it stands there; equal digests are equal words. */
export interface ForecastRun {
  readonly run: HistoricalRun
  readonly digest: number
  readonly where: Pick<ImportProblem, 'line' | 'path'>
}

/**
 * Tells what saving runs would do, without saving any. `seen` remembers the file's runs between batches: one that comes again in the
 * same words is the same, in others merged, or a conflict where nothing is merged.
 */
export async function forecastRuns(
  history: Pick<RunHistory, 'getRuns'>,
  runs: readonly ForecastRun[],
  onConflict: OnConflict,
  seen: Map<string, number>,
): Promise<ImportCounts & Pick<ImportReport, 'leftOut'>> {
  const stored = await history.getRuns(runs.map(({ run }) => run.runId))
  const byId = new Map(stored.map((run) => [run.runId, run]))
  const counts = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const changed = onConflict === 'merge' ? 'merged' : 'conflicting'
  const leftOut: ImportProblem[] = []
  for (const { run, digest, where } of runs) {
    const earlier = seen.get(run.runId)
    seen.set(run.runId, digest)
    if (earlier !== undefined) {
      counts[earlier === digest ? 'same' : changed] += 1
      continue
    }
    const outcome = outcomeOf(byId.get(run.runId), run, onConflict)
    counts[outcome.is] += 1
    if (outcome.leftOut !== undefined) leftOut.push({ ...where, reason: outcome.leftOut })
  }
  return { ...counts, ...(leftOut.length > 0 ? { leftOut } : {}) }
}
