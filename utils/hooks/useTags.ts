import { useCallback } from 'react'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useRevision } from './useRunHistory'

/** Every tag of the history and how many runs have it; asked again when the history changed. */
export function useTags(): AsyncAnswer<readonly { readonly tag: string; readonly count: number }[]> {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(() => {
    void revision
    return history.tags()
  }, [history, revision])
  return useAsync(ask)
}
