import type { RunQuery, RunSummary } from '../../types'

type SortKey = NonNullable<RunQuery['sort']>['by']

const VALUES: Readonly<Record<SortKey, (run: RunSummary) => number | string | undefined>> = {
  timestamp: (run) => run.timestamp,
  runName: (run) => run.runName,
  storyId: (run) => run.storyId,
  status: (run) => run.status,
  averageDuration: (run) => run.averageDuration,
  successRate: (run) => run.successRate,
  gpuAverageFree: (run) => run.gpuAverageFree,
  fallbackCount: (run) => run.fallbackCount,
  scenes: ({ counts }) => counts.success + counts.failed + counts.timeout + counts.skipped,
}

/** One page of runs, newest first unless asked otherwise. What a run doesn't have comes last, whichever the direction. */
export function pageOfRuns(
  runs: readonly RunSummary[],
  query: Omit<RunQuery, 'signal' | 'filter'>,
): { readonly runs: readonly RunSummary[]; readonly total: number } {
  const { by, direction } = query.sort ?? { by: 'timestamp', direction: 'desc' }
  const valueOf = VALUES[by]
  const sign = direction === 'asc' ? 1 : -1
  const sorted = [...runs].sort(
    (a, b) =>
      compareAbsentLast(valueOf(a), valueOf(b), sign) ||
      b.timestamp - a.timestamp ||
      (a.runId < b.runId ? -1 : 1),
  )
  const offset = query.offset ?? 0
  return { runs: sorted.slice(offset, offset + (query.limit ?? sorted.length)), total: runs.length }
}

function compareAbsentLast(
  a: number | string | undefined,
  b: number | string | undefined,
  sign: number,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return a === b ? 0 : a < b ? -sign : sign
}
