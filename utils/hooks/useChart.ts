import type { PageHistory } from '../../services/telemetry/historyFacade'
import type { ChartRequest, TelemetryChart, TelemetryChartOf } from '../../types'
import type { AsyncAnswer } from './useAsync'
import { useHistoryAnswer } from './useHistoryAnswer'

/** A chart's series of the saved runs; asked again when the history changed. `request` is compared by content. */
export function useChart<K extends TelemetryChart['kind']>(
  request: ChartRequest<K>,
): AsyncAnswer<TelemetryChartOf<K>> {
  return useHistoryAnswer(request, ask<K>)
}

const ask = <K extends TelemetryChart['kind']>(
  history: PageHistory,
  request: ChartRequest<K>,
): Promise<TelemetryChartOf<K>> => history.chart(request)
