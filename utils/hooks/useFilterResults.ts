import { useCallback } from 'react'
import type { Facets, RunSummary, TelemetryFilter } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'
import { useThrottledStore } from './useThrottledStore'

/** More are not shown: whoever has so many narrows the filter. */
const MOST_RESULTS = 1_000
/** Counts of values are looked at, not watched. */
const FACETS_MS = 2_000

/** What matches, newest first, at most `limit`; the last answer stays while another is on its way. */
export function useFilterResults(
  filter: TelemetryFilter,
  limit = MOST_RESULTS,
): {
  readonly results: readonly RunSummary[]
  readonly total: number
  readonly unfiltered: number
  /** What is here answers an earlier filter. */
  readonly pending: boolean
} {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = JSON.stringify(filter)
  const ask = useCallback(
    async (signal: AbortSignal) => {
      void revision
      const asked: TelemetryFilter = JSON.parse(key)
      const [{ runs, total }, all] = await Promise.all([
        history.queryRuns({ filter: asked, limit, signal }),
        history.queryRuns({ limit: 0, signal }),
      ])
      return { key, runs, total, unfiltered: all.total }
    },
    [history, key, limit, revision],
  )
  const { value, error } = useAsync(ask)
  return {
    results: value?.runs ?? NO_RUNS,
    total: value?.total ?? 0,
    unfiltered: value?.unfiltered ?? 0,
    pending: value?.key !== key && error === null,
  }
}

/** How many runs each value would leave; null until the first answer. Values of the last answer stay. */
export function useFacets(filter: TelemetryFilter, isWanted = true): Facets | null {
  const { history } = useTelemetry()
  const revision = useThrottledStore(history, (state) => state.revision, FACETS_MS)
  const key = JSON.stringify(filter)
  const ask = useCallback(
    async (signal: AbortSignal) => {
      void revision
      const asked: TelemetryFilter = JSON.parse(key)
      return isWanted ? history.facets(asked, signal) : null
    },
    [history, key, revision, isWanted],
  )
  return useAsync(ask).value ?? null
}

const NO_RUNS: readonly RunSummary[] = []
