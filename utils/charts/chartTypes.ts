import type { FieldValue } from '../../services/telemetryFilterService'

/** What the tooltip says of one point, in this order: run, value, against usual, status. */
export interface ChartTip {
  readonly title: string
  readonly value: string
  /** Instead of `value` for the eye, where it is of several series. */
  readonly rows?: readonly TipRow[]
  readonly usual?: string
  readonly status?: string
}
/** One series in a tooltip: its sign, its name, what it says there. */
export interface TipRow {
  readonly id: string
  readonly series: number
  readonly name: string
  readonly text: string
}
/** Something on a chart that can be pointed at, px within its svg. */
export interface ChartTarget {
  readonly id: string
  readonly x: number
  readonly y: number
  /** Where a line upright through it meets each series; such a line is drawn then. */
  readonly marks?: readonly { readonly x: number; readonly y: number }[]
  /** What opens: a run, at one of its scenes. */
  readonly runId?: string
  readonly sceneId?: string
  /** What is asked for when it is picked: of a group. */
  readonly value?: FieldValue
  tip(now: number): ChartTip
}
/** A target with a place and a name of its own in the tab order. */
export interface ChartFlag extends ChartTarget {
  readonly name: string
  /** Its left edge and width, px; `x`, `y` are where its tooltip points. */
  readonly left: number
  readonly width: number
}
/** The sentences of a chart: on top, read out, and the smaller ones below. */
export interface ChartWords {
  readonly title: string
  /** `34 runs · median run 1 m 20 s · slower since 12 Nov` */
  readonly summary: string
  /** The figure's accessible name. */
  readonly spoken: string
  /** What was left out or cannot be told. */
  readonly notes: readonly string[]
}
/** A sign of the legend: an SVG path around 0,0 in a box of 16, and how it is painted. */
export interface LegendItem {
  readonly id: string
  readonly name: string
  readonly n?: number
  /** What `n` counts, where the name doesn't say it. */
  readonly unit?: 'run' | 'scene'
  /** What a click on its name asks for. */
  readonly value?: FieldValue
  readonly sign: {
    readonly path: string
    readonly fill?: string
    readonly fillOpacity?: number
    readonly stroke?: string
    readonly strokeWidth?: number
  }
}
/** The same rows as a table; numbers bare, their units in the heads. */
export interface ChartTable {
  readonly heads: readonly { readonly text: string; readonly isNumber?: boolean }[]
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[]
  /** All there are; more than `rows` when they were cut. */
  readonly total: number
  /** The rows are of what is drawn of them, which is less than there is. */
  readonly isSample?: boolean
}

/** Rows of a table twin; more cannot be read and would freeze the page. */
export const MAX_ROWS = 1_000
