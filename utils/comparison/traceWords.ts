import type { ChartTable, ChartWords, LegendItem } from '../charts/chartTypes'
import { seriesColor, symbolPath } from '../charts/symbols'
import { count } from '../format/formatCount'
import { tickText } from '../run/timeTicks'
import { TRACE_METRICS, type TraceMetric } from '../run/traceMetrics'
import { commonTotal, tellingOf, type RunTrace } from './runTraces'
import type { TracePoint } from '../live/thinTrace'

const GIGABYTE = 2 ** 30
const MAX_ROWS = 60
const END_WORDS = { least: 'Least', most: 'Most' } as const
const NOT_MEASURED = 'not measured'

/** The measures that at least one run has, and those that none has. */
export function measuresOf(traces: readonly RunTrace[]): {
  readonly measured: readonly TraceMetric[]
  readonly missing: readonly TraceMetric[]
} {
  const isMeasured = (metric: TraceMetric): boolean =>
    traces.some((trace) => tellingOf(trace, metric) !== undefined)
  return {
    measured: TRACE_METRICS.filter(isMeasured),
    missing: TRACE_METRICS.filter((metric) => !isMeasured(metric)),
  }
}

/** A measure without its unit: `Free VRAM`. */
export const measureName = ({ title }: TraceMetric): string => title.split(',')[0] ?? title

/** The sentences of a chart of one measure of compared runs. */
export function traceWords(traces: readonly RunTrace[], metric: TraceMetric): ChartWords {
  const total = metric.field === 'vramFree' ? commonTotal(traces) : undefined
  const said = traces.flatMap((trace) => {
    const value = tellingOf(trace, metric)
    return value === undefined ? [] : [{ trace, text: metric.text(value) }]
  })
  const silent = traces.filter((trace) => tellingOf(trace, metric) === undefined)
  return {
    title: total === undefined ? metric.title : `${metric.title} of ${Math.round(total / GIGABYTE)}`,
    summary: `${END_WORDS[metric.telling]}: ${said.map(({ trace, text }) => `${trace.letter} ${text}`).join(', ')}`,
    spoken: `${measureName(metric)} of ${count(said.length, 'run')} since the start. ${
      END_WORDS[metric.telling]
    }: ${said.map(({ trace, text }) => `${trace.name} ${text}`).join(', ')}`,
    notes: [
      ...silent.map(({ name }) => `${name}: not measured`),
      ...(traces.some(({ hasGaps }) => hasGaps) ? ['The lines break where nothing was read'] : []),
    ],
  }
}

/** The key of a run's line. */
export const traceKey = ({ id, name, series, isBase, scenes }: RunTrace): LegendItem => ({
  id,
  name: isBase ? `${name} (base)` : name,
  n: scenes,
  unit: 'scene',
  sign: {
    path: `M0,0${symbolPath(series, isBase ? 6 : 4.5)}`,
    fill: seriesColor(series),
  },
})

/** What the runs read at the same time since their start, a column each: at most 60 rows, evenly spread. */
export function traceTable(traces: readonly RunTrace[], metric: TraceMetric): ChartTable {
  const end = endOf(traces)
  const [, unit = ''] = metric.title.split(', ')
  const steps = Math.min(MAX_ROWS, Math.max(1, ...traces.map(({ points }) => points.length))) - 1
  const times = Array.from({ length: steps + 1 }, (_, i) => Math.round((end * i) / Math.max(1, steps)))
  return {
    heads: [
      { text: 'Since the start' },
      ...traces.map(({ name }) => ({ text: `${name}, ${unit}`, isNumber: true })),
    ],
    rows: times.map((at) => ({
      id: String(at),
      cells: [tickText(at), ...traces.map((trace) => cellAt(trace, at, metric))],
    })),
    total: times.length,
  }
}

/** When the longest of the traces ends, ms since the start. */
export const endOf = (traces: readonly RunTrace[]): number =>
  Math.max(0, ...traces.map(({ points }) => points.at(-1)?.at ?? 0))

/** The reading before or after a moment, whichever is nearer; nothing across a hole or after the last. */
function cellAt({ points }: RunTrace, at: number, { field, figure }: TraceMetric): string {
  const next = points.findIndex((point) => point.at >= at)
  const after = points[next]
  if (!after) return 'no more readings'
  const before = points[next - 1] ?? after
  const value = nearest(before, after, at)[field]
  const isHole = after.at !== at && (before[field] === null || after[field] === null)
  return value === null || isHole ? NOT_MEASURED : figure(value)
}

const nearest = (before: TracePoint, after: TracePoint, at: number): TracePoint =>
  at - before.at < after.at - at ? before : after
