import { useCallback, useState } from 'react'
import type { HistoricalRun, RunQuery, RunSummary } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useThrottledStore } from './useThrottledStore'

/** A history that is being written to is asked again at most so often. */
export const REFRESH_MS = 500

/** The saved runs; asked again when the history changed. `query` is compared by content. */
export function useRunHistory(query: Omit<RunQuery, 'signal'> = {}): {
  readonly runs: readonly RunSummary[]
  readonly total: number
  readonly loading: boolean
  readonly error: string | null
  refresh(): void
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
  const refresh = useCallback(() => setAsked((count) => count + 1), [])
  return { runs: value?.runs ?? NO_RUNS, total: value?.total ?? 0, loading, error, refresh }
}

/** One saved run, whole; null when there is none of that id. */
export function useSavedRun(runId: string): {
  readonly run: HistoricalRun | null
  readonly loading: boolean
  readonly error: string | null
} {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(async () => {
    void revision
    return (await history.getRun(runId)) ?? null
  }, [history, runId, revision])
  const { value, loading, error } = useAsync(ask)
  // While another run is read, the one before must not stand under its address.
  return { run: value?.runId === runId ? value : null, loading, error }
}

/** Grows with every committed write, of whichever tab. */
export function useRevision(): number {
  return useThrottledStore(useTelemetry().history, revisionOf, REFRESH_MS)
}

const NO_RUNS: readonly RunSummary[] = []
const revisionOf = ({ revision }: { readonly revision: number }): number => revision
