import type { RunComparison } from '../../types'
import type { AsyncAnswer } from './useAsync'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

interface Question {
  readonly runId: string | undefined
  readonly against: readonly string[] | undefined
}

/**
 * A saved run against the earlier runs that are like it, or against the runs that are named; undefined without a run. Asked again
 * when the history changed.
 */
export function useComparison(
  runId: string | undefined,
  against?: readonly string[],
): AsyncAnswer<RunComparison | undefined> {
  const { value, loading, error } = useHistoryAnswer({ runId, against }, ask)
  // While another run is compared, the one before must not stand in its place.
  return { value: value?.current.runId === runId ? value : undefined, loading, error }
}

const ask: AskHistory<Question, RunComparison | undefined> = async (history, { runId, against }, signal) =>
  runId === undefined ? undefined : history.compare(runId, against ? { against, signal } : { signal })
