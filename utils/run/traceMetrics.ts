import { formatGigabytes } from '../format/formatBytes'
import { THIN } from '../format/thin'
import type { TracePoint } from '../live/thinTrace'

const GIGABYTE = 2 ** 30

/** One value of a GPU over time: how it is called, with its unit, and how it is said. */
export interface TraceMetric {
  readonly field: Exclude<keyof TracePoint, 'at'>
  readonly title: string
  /** In the unit of the title. */
  readonly tick: (value: number) => string
  readonly text: (value: number) => string
  /** Bare, in the unit of the title, as a table has it. */
  readonly figure: (value: number) => string
  /** Which end of its readings tells most. */
  readonly telling: 'least' | 'most'
  /** The top of its axis, from its greatest reading. */
  readonly max: (greatest: number) => number
  readonly series: 1 | 2 | 3 | 4
}

const whole = (value: number): string => String(Math.round(value))
const upTo = (step: number) => (greatest: number) => Math.max(step, Math.ceil(greatest / step) * step)

export const TRACE_METRICS: readonly TraceMetric[] = [
  {
    field: 'vramFree',
    title: 'Free VRAM, GB',
    tick: (value) => String(Math.round(value / GIGABYTE)),
    text: formatGigabytes,
    figure: (value) => (value / GIGABYTE).toFixed(1),
    telling: 'least',
    max: upTo(2 * GIGABYTE),
    series: 1,
  },
  {
    field: 'utilization',
    title: 'Busy, %',
    tick: String,
    text: (value) => `${Math.round(value)}${THIN}%`,
    figure: whole,
    telling: 'most',
    max: () => 100,
    series: 2,
  },
  {
    field: 'power',
    title: 'Power, W',
    tick: String,
    text: (value) => `${Math.round(value)}${THIN}W`,
    figure: whole,
    telling: 'most',
    max: upTo(100),
    series: 3,
  },
  {
    field: 'temperature',
    title: 'Temperature, °C',
    tick: String,
    text: (value) => `${Math.round(value)}${THIN}°C`,
    figure: whole,
    telling: 'most',
    max: upTo(50),
    series: 4,
  },
]
