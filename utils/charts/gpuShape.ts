import type { FieldValue } from '../../services/telemetryFilterService'
import type { GpuChart, GpuPoint } from '../../types'
import { durationTicks } from './durationAxis'
import { SERIES_COUNT } from './symbols'

/** What the scatter is against. */
export type GpuMetric = 'vramFree' | 'utilization'
const GIGABYTE = 2 ** 30
const GIGABYTE_STEPS: readonly number[] = [0.5, 1, 2, 4, 8, 16, 32, 64].map((each) => each * GIGABYTE)
const MAX_TICKS = 6
const OTHERS = 'others'
/** What `GpuPoint` says of a GPU without a name. */
const NOT_KNOWN = 'not known'

export interface GpuSeries {
  readonly id: string
  readonly name: string
  /** What finds its scenes; absent of GPUs that are not known, and of the others. */
  readonly value?: FieldValue
  /** 1 to 8; 9 are the others. */
  readonly series: number
  readonly points: readonly MeasuredPoint[]
}
/** A scene with the measure that the scatter is against. */
export interface MeasuredPoint extends GpuPoint {
  readonly x: number
}
export interface GpuShape {
  readonly series: readonly GpuSeries[]
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
  /** Scenes on the chart, and those without this measure. */
  readonly shown: number
  readonly unmeasured: number
}

/**
 * The scatter by GPU: the eight with most scenes, by name so that each keeps its series while the figures change; the ninth and later
 * are one series.
 */
export function shapeGpu({ points }: GpuChart, metric: GpuMetric): GpuShape {
  const measured = points.flatMap((point) => {
    const x = point[metric]
    return x === undefined ? [] : [{ ...point, x }]
  })
  return {
    series: seriesOf(measured),
    xTicks:
      metric === 'utilization' ? [0, 20, 40, 60, 80, 100] : gigabyteTicks(maxOf(measured.map(({ x }) => x))),
    yTicks: durationTicks(Math.max(1, maxOf(measured.map(({ duration }) => duration)))),
    shown: measured.length,
    unmeasured: points.length - measured.length,
  }
}

function seriesOf(points: readonly MeasuredPoint[]): readonly GpuSeries[] {
  const byName = new Map<string, MeasuredPoint[]>()
  for (const point of points) {
    const own = byName.get(point.gpuName)
    if (own) own.push(point)
    else byName.set(point.gpuName, [point])
  }
  const sorted = [...byName].sort(([, a], [, b]) => b.length - a.length)
  const named = sorted
    .slice(0, SERIES_COUNT)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own], i) => ({
      id: `gpu ${name}`,
      name,
      series: i + 1,
      points: own,
      ...(name !== NOT_KNOWN && { value: { field: 'gpu' as const, value: name } }),
    }))
  const rest = sorted.slice(SERIES_COUNT)
  if (rest.length === 0) return named
  const name = rest.length === 1 ? '1 other' : `${rest.length} others`
  return [...named, { id: OTHERS, name, series: SERIES_COUNT + 1, points: rest.flatMap(([, own]) => own) }]
}

/** From 0, at most 6, the last at or above `max` bytes. */
export function gigabyteTicks(max: number): readonly number[] {
  const step =
    GIGABYTE_STEPS.find((each) => max / each <= MAX_TICKS - 1) ?? Math.ceil(max / 5 / GIGABYTE) * GIGABYTE
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, i) => i * step)
}

const maxOf = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)
