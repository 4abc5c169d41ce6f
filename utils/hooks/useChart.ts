import { useCallback } from 'react'
import type { ChartRequest, TelemetryChart, TelemetryChartOf } from '../../types'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useTelemetry } from './TelemetryProvider'
import { useRevision } from './useRunHistory'

/** A chart's series of the saved runs; asked again when the history changed. `request` is compared by content. */
export function useChart<K extends TelemetryChart['kind']>(
  request: ChartRequest<K>,
): AsyncAnswer<TelemetryChartOf<K>> {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = JSON.stringify(request)
  const ask = useCallback(() => {
    void revision
    const asked: ChartRequest<K> = JSON.parse(key)
    return history.chart(asked)
  }, [history, key, revision])
  return useAsync(ask)
}
