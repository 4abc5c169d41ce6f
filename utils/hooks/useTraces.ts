import { useCallback } from 'react'
import type { GpuTrace } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'

/** The saved GPU traces of attempts; those that have none are left out. A trace never changes, so each is asked for once. */
export function useTraces(
  attempts: readonly { readonly source: string; readonly promptId: string }[],
): AsyncAnswer<readonly GpuTrace[]> {
  const { history } = useTelemetry()
  const key = JSON.stringify(attempts.map(({ source, promptId }) => ({ source, promptId })))
  const ask = useCallback(async () => {
    const asked: readonly { source: string; promptId: string }[] = JSON.parse(key)
    return asked.length === 0 ? [] : history.traces(asked)
  }, [history, key])
  return useAsync(ask)
}
