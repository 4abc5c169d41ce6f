import type { RunGroup, TelemetryChart } from '../../types'
import type { GpuMetric } from '../../utils/charts/gpuShape'

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
  /** Of the drawing, px; a list of groups takes what its rows need. Default 240. */
  readonly height?: number
  /** Marks the title and the exports, so that a crop still says so. */
  readonly isSimulated?: boolean
  /** Whether `value` is a part of all; else the chart's own zoom decides. */
  readonly isZoomed?: boolean
  /** What the scatter is against; without it the chart has a switch. */
  readonly metric?: GpuMetric
  onOpenRun?(runId: string, sceneId?: string): void
  /** A stretch of time was brushed; null: all again. The parent asks anew with `from` and `to`. */
  onZoom?(range: ChartRange | null): void
  /** A group was chosen; `isExcluded` with the Alt key. */
  onPickGroup?(group: RunGroup, isExcluded: boolean): void
}
/** The same, of one kind of chart. */
export type ChartViewProps<V extends TelemetryChart> = Omit<
  TelemetryComparisonChartProps,
  'value' | 'height'
> & {
  readonly value: V
  readonly height: number
}
