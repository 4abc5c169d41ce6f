import { useCallback, useEffect, useMemo } from 'react'
import type { UseRealtimeTelemetryOptions } from '../../types'
import { createLiveSelector, type LiveSelection } from './createLiveSelector'
import { useShownRealtime } from './ShownServer'
import { useThrottledStore } from './useThrottledStore'

/**
 * The live telemetry of the shown server (where none is chosen, the first): of everything, of one run, or of one scene. Narrowed to
 * a scene it re-renders for that scene only, at most once per `bufferMs`. `error` is a sentence that says what to do. Throws outside
 * `<TelemetryProvider>`.
 */
export function useRealtimeTelemetry(
  options: UseRealtimeTelemetryOptions = {},
): LiveSelection & { reconnect(): void } {
  const realtime = useShownRealtime()
  const { enabled = true, bufferMs, reconnectAttempts, runId, sceneId } = options
  const select = useMemo(
    () =>
      createLiveSelector({
        enabled,
        ...(runId === undefined ? {} : { runId }),
        ...(sceneId === undefined ? {} : { sceneId }),
      }),
    [enabled, runId, sceneId],
  )
  const selection = useThrottledStore(realtime, select, bufferMs)
  useEffect(() => {
    if (reconnectAttempts !== undefined) realtime.limitTries(reconnectAttempts)
  }, [realtime, reconnectAttempts])
  const reconnect = useCallback(() => realtime.connect(), [realtime])
  return { ...selection, reconnect }
}
