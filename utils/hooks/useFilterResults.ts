import type { Facets, RunSummary, TelemetryFilter } from '../../types'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

/** More are not shown: whoever has so many narrows the filter. */
const MOST_RESULTS = 1_000
/** Counts of values are looked at, not watched. */
const FACETS_MS = 2_000

interface Results {
  readonly results: readonly RunSummary[]
  readonly total: number
  readonly unfiltered: number
}
interface Question {
  readonly filter: TelemetryFilter
  readonly limit: number
}

/** What matches, newest first, at most `limit`; the last answer stays while another is on its way. */
export function useFilterResults(
  filter: TelemetryFilter,
  limit = MOST_RESULTS,
): Results & {
  /** What is here answers an earlier filter. */
  readonly pending: boolean
} {
  const { value, isCurrent, error } = useHistoryAnswer({ filter, limit }, askResults)
  return { ...(value ?? NO_RESULTS), pending: !isCurrent && error === null }
}

/** How many runs each value would leave; null until the first answer. Values of the last answer stay. */
export function useFacets(filter: TelemetryFilter, isWanted = true): Facets | null {
  return useHistoryAnswer(isWanted ? filter : null, askFacets, FACETS_MS).value ?? null
}

const askResults: AskHistory<Question, Results> = async (history, { filter, limit }, signal) => {
  const [{ runs, total }, all] = await Promise.all([
    history.queryRuns({ filter, limit, signal }),
    history.queryRuns({ limit: 0, signal }),
  ])
  return { results: runs, total, unfiltered: all.total }
}

const askFacets: AskHistory<TelemetryFilter | null, Facets | null> = async (history, filter, signal) =>
  filter && history.facets(filter, signal)

const NO_RESULTS: Results = { results: [], total: 0, unfiltered: 0 }
