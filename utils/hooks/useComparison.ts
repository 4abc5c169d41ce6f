import { useCallback } from 'react'
import type { RunComparison } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useRevision } from './useRunHistory'

/**
 * A saved run against the earlier runs that are like it, or against the runs that are named; undefined without a run. Asked again
 * when the history changed.
 */
export function useComparison(
  runId: string | undefined,
  against?: readonly string[],
): AsyncAnswer<RunComparison | undefined> {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = against && JSON.stringify(against)
  const ask = useCallback(
    async (signal: AbortSignal) => {
      void revision
      if (runId === undefined) return undefined
      const others: readonly string[] | undefined = key === undefined ? undefined : JSON.parse(key)
      return history.compare(runId, others ? { against: others, signal } : { signal })
    },
    [history, runId, key, revision],
  )
  const answer = useAsync(ask)
  // While another run is compared, the one before must not stand in its place.
  return answer.value?.current.runId === runId ? answer : { ...answer, value: undefined }
}
