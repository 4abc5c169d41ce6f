import { useCallback, useState } from 'react'
import type {
  HistoricalRun,
  HistoryStatistics,
  RunComparison,
  RunHistory,
  RunQuery,
  RunSummary,
  TelemetryFilter,
  Trend,
} from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useThrottledStore } from './useThrottledStore'

/** A history that is being written to is asked again at most so often. */
export const REFRESH_MS = 500
/** Figures of all runs cost more than a page of them. */
const FIGURES_MS = 2_000

/**
 * The saved runs and their figures; asked again when the history changed. `query` is compared by content. Statistics and trend are
 * of all runs that match, asked for when the runs are here; the last ones stay while newer are on their way.
 */
export function useRunHistory(query: Omit<RunQuery, 'signal'> = {}): {
  readonly runs: readonly RunSummary[]
  readonly total: number
  readonly statistics: HistoryStatistics | null
  readonly trend: Trend | null
  compare(runId: string): Promise<RunComparison>
  readonly loading: boolean
  readonly error: string | null
  refresh(): void
  /** Hides the runs; `undo` brings them back whole. */
  remove(runIds: readonly string[]): Promise<{ undo(): Promise<void> }>
  readonly annotate: RunHistory['annotate']
} {
  const { history } = useTelemetry()
  const revision = useRevision()
  const [asked, setAsked] = useState(0)
  const key = JSON.stringify(query)
  const ask = useCallback(
    (signal: AbortSignal) => {
      void revision
      void asked
      const parsed: Omit<RunQuery, 'signal'> = JSON.parse(key)
      return history.queryRuns({ ...parsed, signal })
    },
    [history, key, revision, asked],
  )
  const { value, loading, error } = useAsync(ask)
  const { statistics, trend } = useFigures(query.filter, value !== undefined)
  const refresh = useCallback(() => setAsked((count) => count + 1), [])
  const compare = useCallback((runId: string) => history.compare(runId), [history])
  const remove = useCallback(
    async (runIds: readonly string[]) => {
      const { token } = await history.deleteRuns(runIds)
      return { undo: async () => void (await history.restore(token)) }
    },
    [history],
  )
  return {
    runs: value?.runs ?? NO_RUNS,
    total: value?.total ?? 0,
    statistics,
    trend,
    compare,
    loading,
    error,
    refresh,
    remove,
    annotate: history.annotate,
  }
}

/**
 * Statistics and trend of all runs that match, once `isReady`; asked for again when the history changed. With `asOf` without the runs
 * that came since: as a list that is held.
 */
export function useFigures(
  filter: TelemetryFilter | undefined,
  isReady: boolean,
  asOf?: number,
): { readonly statistics: HistoryStatistics | null; readonly trend: Trend | null } {
  const { history } = useTelemetry()
  const revision = useThrottledStore(history, revisionOf, FIGURES_MS)
  const key = JSON.stringify(filter ?? {})
  const ask = useCallback(async () => {
    void revision
    if (!isReady) return null
    const asked: TelemetryFilter = JSON.parse(key)
    const [statistics, trend] = await Promise.all([
      history.statistics(asked, asOf),
      history.trend('duration', asked, asOf),
    ])
    return { key, statistics, trend }
  }, [history, key, asOf, isReady, revision])
  const { value } = useAsync(ask)
  // Figures of another filter must not stand beside this one's runs.
  return value?.key === key ? value : NO_FIGURES
}

/** One saved run, whole; null when there is none of that id. `loading`: of this run nothing is known yet. */
export function useSavedRun(runId: string): {
  readonly run: HistoricalRun | null
  readonly loading: boolean
  readonly error: string | null
} {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(async () => {
    void revision
    return { of: runId, run: (await history.getRun(runId)) ?? null }
  }, [history, runId, revision])
  const { value, loading, error } = useAsync(ask)
  // While another run is read, the one before must not stand under its address; read again, the last answer stays.
  const isAnswered = value?.of === runId
  return { run: isAnswered ? value.run : null, loading: loading && !isAnswered, error }
}

/** Grows with every committed write, of whichever tab. */
export function useRevision(): number {
  return useThrottledStore(useTelemetry().history, revisionOf, REFRESH_MS)
}

const NO_RUNS: readonly RunSummary[] = []
const NO_FIGURES = { statistics: null, trend: null }
const revisionOf = ({ revision }: { readonly revision: number }): number => revision
