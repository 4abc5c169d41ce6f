import { useCallback, useMemo } from 'react'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'

/** Names the servers of saved runs by their source; null while the history knows one server only, and none needs a name. */
export function useSourceLabels(): ReadonlyMap<string, string> | null {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(() => {
    void revision
    return history.sourceLabels()
  }, [history, revision])
  const { value } = useAsync(ask)
  return useMemo(() => {
    const labels = new Map(value?.map(({ source, label }) => [source, label]))
    return new Set(labels.values()).size > 1 ? labels : null
  }, [value])
}
