import type { TelemetryChart, TelemetryChartOf } from '../../types'

/** The chart, known to be of the kind that was asked for; throws if it is another. */
export function ofKind<K extends TelemetryChart['kind']>(
  chart: TelemetryChart,
  kind: K,
): TelemetryChartOf<K> {
  if (isOfKind(chart, kind)) return chart
  throw new Error(`A chart of kind ${kind} was asked for, and one of kind ${chart.kind} came.`)
}

const isOfKind = <K extends TelemetryChart['kind']>(
  chart: TelemetryChart,
  kind: K,
): chart is TelemetryChartOf<K> => chart.kind === kind
