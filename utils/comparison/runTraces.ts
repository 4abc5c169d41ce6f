import type { GpuReading, GpuTrace, HistoricalRun } from '../../types'
import { SERIES_COUNT } from '../charts/symbols'
import { runTitle } from '../format/runTitle'
import { thinTrace, type TracePoint } from '../live/thinTrace'
import { joinTraces } from '../run/joinTraces'
import { tracedAttempts } from '../run/tracedAttempts'
import type { TraceMetric } from '../run/traceMetrics'
import { letterOf } from './letterOf'

/** The GPU of a compared run from its first reading on. */
export interface RunTrace {
  readonly id: string
  readonly letter: string
  /** `A Night 1` */
  readonly name: string
  readonly series: number
  readonly isBase: boolean
  readonly scenes: number
  /** `at` in ms since its first reading. Thinned to what a chart can show. */
  readonly points: readonly TracePoint[]
  /** All of them. */
  readonly readings: readonly GpuReading[]
  readonly hasGaps: boolean
}
/** What can be drawn, and the names of the runs that nothing was read of. */
export interface RunTraces {
  readonly traces: readonly RunTrace[]
  readonly silent: readonly string[]
}

const MAX_POINTS = 300

/** The traces of runs' attempts by run, each on its first GPU, all begun at 0; each run keeps the series of its place. */
export function runTraces(
  runs: readonly HistoricalRun[],
  saved: readonly GpuTrace[],
  base: string,
): RunTraces {
  const byAttempt = new Map(saved.map((trace) => [keyOf(trace.source, trace.promptId), trace]))
  const all = runs.map((run, i) => {
    const own = tracedAttempts(run).flatMap(
      ({ source, promptId }) => byAttempt.get(keyOf(source, promptId)) ?? [],
    )
    const name = `${letterOf(i)} ${runTitle(run)}`
    return { name, trace: traceOf(run, i, name, joinTraces(own), base) }
  })
  return {
    traces: all.flatMap(({ trace }) => trace ?? []),
    silent: all.flatMap(({ name, trace }) => (trace ? [] : name)),
  }
}

function traceOf(
  run: HistoricalRun,
  index: number,
  name: string,
  joined: GpuTrace | undefined,
  base: string,
): RunTrace | undefined {
  const gpu = joined?.points.find(({ gpus }) => gpus.length > 0)?.gpus[0]?.index
  if (!joined || gpu === undefined) return undefined
  const points = thinTrace(joined, gpu, MAX_POINTS)
  const origin = points[0]?.at ?? 0
  return {
    id: run.runId,
    letter: letterOf(index),
    name,
    series: (index % SERIES_COUNT) + 1,
    isBase: run.runId === base,
    scenes: run.scenes.length,
    points: points.map((point) => ({ ...point, at: point.at - origin })),
    readings: joined.points.flatMap(({ gpus }) => gpus.find((each) => each.index === gpu) ?? []),
    hasGaps: joined.gaps.length > 0,
  }
}

/** The reading of a run that tells most of a measure; undefined where it was never measured. */
export function tellingOf({ readings }: RunTrace, { field, telling }: TraceMetric): number | undefined {
  const isMore = (a: number, b: number): boolean => (telling === 'least' ? a < b : a > b)
  return readings
    .flatMap((reading) => reading[field] ?? [])
    .reduce<number | undefined>(
      (most, value) => (most === undefined || isMore(value, most) ? value : most),
      undefined,
    )
}

/** The memory of the GPUs, bytes, where all have the same. */
export function commonTotal(traces: readonly RunTrace[]): number | undefined {
  const [first, ...others] = new Set(traces.map(totalOf))
  return others.length === 0 ? first : undefined
}

const totalOf = ({ readings }: RunTrace): number | undefined =>
  readings.find(({ vramTotal }) => vramTotal !== undefined)?.vramTotal

/** The top of a measure's axis. */
export function topOf(traces: readonly RunTrace[], metric: TraceMetric): number {
  const isMemory = metric.field === 'vramFree'
  const most = { ...metric, telling: 'most' } as const
  const tops = traces.flatMap((trace) => [
    tellingOf(trace, most) ?? 0,
    (isMemory ? totalOf(trace) : undefined) ?? 0,
  ])
  return (isMemory ? commonTotal(traces) : undefined) ?? metric.max(Math.max(0, ...tops))
}

const keyOf = (source: string, promptId: string | undefined): string => JSON.stringify([source, promptId])
