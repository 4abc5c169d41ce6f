import { canonicalJson } from '../../services/shared/canonicalJson'
import { mergeRun, normalizeRun } from '../../services/history/mergeRun'
import type { GpuTrace, HistoricalRun, RunHistory } from '../../types'

/** What export and import need of a history, over two maps, merging as the history does. */
export type MemoryHistory = Pick<RunHistory, 'saveRuns' | 'getRuns' | 'runIds' | 'traces' | 'saveTraces'> & {
  readonly runs: ReadonlyMap<string, HistoricalRun>
  readonly saved: ReadonlyMap<string, GpuTrace>
}

export function createMemoryHistory(): MemoryHistory {
  const runs = new Map<string, HistoricalRun>()
  const saved = new Map<string, GpuTrace>()
  return {
    runs,
    saved,
    async saveRuns(given, { onConflict = 'merge' } = {}) {
      const tally = { added: 0, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: false }
      for (const run of given) {
        const before = runs.get(run.runId)
        const after = before && onConflict === 'merge' ? mergeRun(before, run) : normalizeRun(run)
        if (!before) tally.added += 1
        else if (canonicalJson(before) === canonicalJson(after)) tally.same += 1
        else tally[onConflict === 'merge' ? 'merged' : 'conflicting'] += 1
        if (!before || onConflict !== 'keep') runs.set(run.runId, after)
      }
      return tally
    },
    getRuns: async (ids) => ids.flatMap((id) => runs.get(id) ?? []),
    runIds: async () => [...runs.keys()],
    traces: async (attempts) =>
      attempts.flatMap(({ source, promptId }) => saved.get(`${source}/${promptId}`) ?? []),
    async saveTraces(traces) {
      for (const trace of traces) saved.set(`${trace.source}/${trace.promptId}`, trace)
    },
  }
}
