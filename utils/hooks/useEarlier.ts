import type { RunSummary, TelemetryFilter } from '../../types'
import { earlierFilter, type FailureKind } from '../comparison/earlierQuery'
import { NEWEST_FIRST } from '../history/runColumns'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

/** Earlier runs in which a scene ended in the same way: how many, and the newest few. */
export interface EarlierRuns {
  readonly count: number
  readonly runs: readonly RunSummary[]
}

const MAX_LISTED = 5

/** Runs before `before` (epoch ms; absent: all) that failed in the same way; null while not known, or without a failure. */
export function useEarlier(kind: FailureKind | undefined, before?: number): EarlierRuns | null {
  const dateRange = before === undefined ? {} : { dateRange: { to: before } }
  const filter = kind ? { ...earlierFilter(kind), ...dateRange } : null
  return useHistoryAnswer(filter, ask).value ?? null
}

const ask: AskHistory<TelemetryFilter | null, EarlierRuns | null> = async (history, filter, signal) => {
  if (!filter) return null
  const query = { filter, sort: NEWEST_FIRST, limit: MAX_LISTED, signal }
  const { runs, total } = await history.queryRuns(query)
  return { count: total, runs }
}
