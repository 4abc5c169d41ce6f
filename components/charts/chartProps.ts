import type { RatesChart, TelemetryChart } from '../../types'
import type { GpuMetric } from '../../utils/charts/gpuShape'
import type { PickValue } from '../filter/FilterValue'

/** Times that a chart is zoomed to, epoch ms, inclusive. */
export interface ChartRange {
  readonly from: number
  readonly to: number
}
export interface TelemetryComparisonChartProps {
  /** A finished, thinned series; undefined while it is being read. */
  readonly value: TelemetryChart | undefined
  /** Instead of the chart's own. */
  readonly title?: string
  /** What the data was narrowed to, as the filter bar says it; stands in the caption and in every export. */
  readonly filterText?: string
  /** Of the drawing, px; a list of groups takes what its rows need, and where `rows` bounds them no less. Default 240. */
  readonly height?: number
  /** Marks the title and the exports, so that a crop still says so. */
  readonly isSimulated?: boolean
  /** Whether `value` is a part of all; else the chart's own zoom decides. */
  readonly isZoomed?: boolean
  /** What the scatter is against; without it the chart has a switch. */
  readonly metric?: GpuMetric
  /** Most groups of a list that are shown before somebody asks for the others. Default 12. */
  readonly rows?: number
  onOpenRun?(runId: string, sceneId?: string): void
  /** A stretch of time was brushed; null: all again. The parent asks anew with `from` and `to`. */
  onZoom?(range: ChartRange | null): void
  /** The stretch that is zoomed to is all that is wanted, here and around the chart; without this it cannot be asked for. */
  onOnly?(range: ChartRange): void
  /** Rates: another grouping was chosen, the parent asks anew with it; without this there is no choice. */
  onBy?(by: RatesChart['by']): void
  /** A group's bar or a series' name was picked. */
  readonly onFilterValue?: PickValue
}
/** The same, of one kind of chart. */
export type ChartViewProps<V extends TelemetryChart> = Omit<
  TelemetryComparisonChartProps,
  'value' | 'height'
> & {
  readonly value: V
  readonly height: number
}
