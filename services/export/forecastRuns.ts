import type { HistoricalRun, RunHistory } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { mergeRun, normalizeRun } from '../history/mergeRun'
import type { ImportCounts } from './importTally'

export interface ForecastRun {
  readonly run: HistoricalRun
  readonly digest: number
}

/**
 * Counts what saving runs would do, without saving any. `seen` remembers the file's runs between batches: one that comes again in the
 * same words is the same, in others merged, or a conflict where nothing is merged.
 */
export async function forecastRuns(
  history: Pick<RunHistory, 'getRuns'>,
  runs: readonly ForecastRun[],
  onConflict: 'keep' | 'replace' | 'merge',
  seen: Map<string, number>,
): Promise<ImportCounts> {
  const stored = await history.getRuns(runs.map(({ run }) => run.runId))
  const byId = new Map(stored.map((run) => [run.runId, run]))
  const counts = { added: 0, same: 0, merged: 0, conflicting: 0 }
  const changed = onConflict === 'merge' ? 'merged' : 'conflicting'
  for (const { run, digest } of runs) {
    const before = byId.get(run.runId)
    const earlier = seen.get(run.runId)
    seen.set(run.runId, digest)
    if (earlier !== undefined) counts[earlier === digest ? 'same' : changed] += 1
    else if (!before) counts.added += 1
    else counts[isSame(before, run, onConflict) ? 'same' : changed] += 1
  }
  return counts
}

function isSame(before: HistoricalRun, run: HistoricalRun, onConflict: string): boolean {
  const after = onConflict === 'merge' ? mergeRun(before, run) : normalizeRun(run)
  return canonicalJson(before) === canonicalJson(after)
}
