import { useCallback } from 'react'
import type { ExpectedTime, RealtimeTelemetryUpdate } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'

/** What a scene like this one usually takes; null while unknown, or when no like scene was saved. */
export function useExpectedTime(update: RealtimeTelemetryUpdate | undefined): ExpectedTime | null {
  const { history } = useTelemetry()
  const revision = useRevision()
  const environment = update?.environment
  const key = environment && JSON.stringify(environment)
  const cold = update?.cold ?? false
  const ask = useCallback(() => {
    void revision
    return key === undefined ? Promise.resolve(undefined) : history.expectedTime(JSON.parse(key), cold)
  }, [history, key, cold, revision])
  return useAsync(ask).value ?? null
}
