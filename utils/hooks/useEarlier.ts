import { useCallback } from 'react'
import type { RunSummary } from '../../types'
import { earlierFilter, type FailureKind } from '../comparison/earlierQuery'
import { NEWEST_FIRST } from '../history/runColumns'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'

/** Earlier runs in which a scene ended in the same way: how many, and the newest few. */
export interface EarlierRuns {
  readonly count: number
  readonly runs: readonly RunSummary[]
}

const MAX_LISTED = 5

/** Runs before `before` (epoch ms; absent: all) that failed in the same way; null while not known, or without a failure. */
export function useEarlier(kind: FailureKind | undefined, before?: number): EarlierRuns | null {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = kind && JSON.stringify(earlierFilter(kind))
  const ask = useCallback(
    async (signal: AbortSignal) => {
      void revision
      if (key === undefined) return null
      const filter = { ...JSON.parse(key), ...(before === undefined ? {} : { dateRange: { to: before } }) }
      const { runs, total } = await history.queryRuns({
        filter,
        sort: NEWEST_FIRST,
        limit: MAX_LISTED,
        signal,
      })
      return { count: total, runs }
    },
    [history, key, before, revision],
  )
  return useAsync(ask).value ?? null
}
