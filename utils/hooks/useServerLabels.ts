import { useCallback, useMemo } from 'react'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'

/** What the servers of the saved runs are called, by their source; undefined while it is not known. */
export function useServerLabels(): ReadonlyMap<string, string> | undefined {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(() => {
    void revision
    return history.sourceLabels()
  }, [history, revision])
  const { value } = useAsync(ask)
  return useMemo(() => value && new Map(value.map(({ source, label }) => [source, label])), [value])
}
