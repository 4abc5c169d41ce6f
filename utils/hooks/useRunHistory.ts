import { useCallback, useState } from 'react'
import type {
  HistoricalRun,
  HistoryStatistics,
  RunComparison,
  RunHistory,
  RunPage,
  RunQuery,
  RunSummary,
  TelemetryFilter,
  Trend,
} from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

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
  const [asked, setAsked] = useState(0)
  const { value, loading, error } = useHistoryAnswer({ query, asked }, askRuns)
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
  const { value } = useHistoryAnswer(isReady ? { filter, asOf } : null, askFigures, FIGURES_MS)
  // Figures of another filter must not stand beside this one's runs.
  return value?.of === contentOf(filter) ? value : NO_FIGURES
}

/** One saved run, whole; null when there is none of that id. `loading`: of this run nothing is known yet. */
export function useSavedRun(runId: string): {
  readonly run: HistoricalRun | null
  readonly loading: boolean
  readonly error: string | null
} {
  const { value = null, isCurrent, loading, error } = useHistoryAnswer(runId, askRun)
  // While another run is read, the one before must not stand under its address; read again, the last answer stays.
  return { run: isCurrent ? value : null, loading: loading && !isCurrent, error }
}

interface RunsQuestion {
  readonly query: Omit<RunQuery, 'signal'>
  /** How often it was asked by hand. */
  readonly asked: number
}
interface FiguresQuestion {
  readonly filter: TelemetryFilter | undefined
  readonly asOf: number | undefined
}

const askRuns: AskHistory<RunsQuestion, RunPage> = (history, { query }, signal) =>
  history.queryRuns({ ...query, signal })

const askFigures: AskHistory<FiguresQuestion | null, Figures | null> = async (history, question) => {
  if (!question) return null
  const { filter = {}, asOf } = question
  const [statistics, trend] = await Promise.all([
    history.statistics(filter, asOf),
    history.trend('duration', filter, asOf),
  ])
  return { of: contentOf(filter), statistics, trend }
}

const askRun: AskHistory<string, HistoricalRun | null> = async (history, runId) =>
  (await history.getRun(runId)) ?? null

const contentOf = (filter: TelemetryFilter = {}): string => JSON.stringify(filter)

interface Figures {
  /** The content of the filter that they are of. */
  readonly of: string
  readonly statistics: HistoryStatistics
  readonly trend: Trend
}

const NO_RUNS: readonly RunSummary[] = []
const NO_FIGURES = { statistics: null, trend: null }
