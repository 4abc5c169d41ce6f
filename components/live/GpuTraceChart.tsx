import { useState, type ReactElement } from 'react'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { GpuReading, GpuTrace, LiveState } from '../../types'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { THIN } from '../../utils/format/formatDuration'
import { formatClock } from '../../utils/format/formatTime'
import { useLive } from '../../utils/hooks'
import { thinTrace, type TracePoint } from '../../utils/live/thinTrace'

const MINUTE = 60_000
const SPAN_MS = 10 * MINUTE
const GIGABYTE = 2 ** 30
/** What Recharts draws without a long task, at one redraw a second. */
const MAX_POINTS = 200

/** Free memory and load of one GPU over the last 10 minutes; lines break where nothing was heard. With a table of the same. */
export default function GpuTraceChart({ gpu }: { readonly gpu: GpuReading }): ReactElement {
  const trace = useLive(traceOf, 1_000)
  const [isTable, setTable] = useState(false)
  const points = thinTrace(trace, gpu.index, MAX_POINTS)
  const last = points.at(-1)
  if (!last)
    return (
      <p className="tele-muted tele-trace-place">
        No readings yet. The first come within a second of a connection.
      </p>
    )
  const total = gpu.vramTotal ?? Math.max(...points.map(({ vramFree }) => vramFree ?? 0))
  return (
    <div className="tele-trace">
      {isTable ? (
        <TraceTable points={points} />
      ) : (
        <>
          <Trace
            points={points}
            end={last.at}
            field="vramFree"
            max={total}
            title="Free VRAM, GB, last 10 minutes"
            tick={(value) => String(Math.round(value / GIGABYTE))}
            text={formatGigabytes}
            series={1}
            height={128}
          />
          <Trace
            points={points}
            end={last.at}
            field="utilization"
            max={100}
            title="Busy, %, last 10 minutes"
            tick={String}
            text={(value) => `${Math.round(value)}${THIN}%`}
            series={2}
            height={104}
          />
        </>
      )}
      <button
        type="button"
        className="tele-button tele-button-quiet"
        aria-pressed={isTable}
        onClick={() => setTable(!isTable)}
      >
        {isTable ? 'Chart' : 'Table'}
      </button>
    </div>
  )
}

const traceOf = (state: LiveState): GpuTrace => state.trace

interface TraceProps {
  readonly points: readonly TracePoint[]
  readonly end: number
  readonly field: 'vramFree' | 'utilization'
  readonly max: number
  readonly title: string
  readonly tick: (value: number) => string
  readonly text: (value: number) => string
  readonly series: 1 | 2
  readonly height: number
}

function Trace({ points, end, field, max, title, tick, text, series, height }: TraceProps): ReactElement {
  const color = `var(--tele-chart-${series})`
  const axis = {
    stroke: 'var(--tele-border)',
    tick: { fill: 'var(--tele-muted)', fontSize: 12 },
    tickLine: false,
  }
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart
          data={[...points]}
          margin={{ top: 4, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer
          title={title}
        >
          <CartesianGrid stroke="var(--tele-grid)" vertical={false} />
          <XAxis
            {...axis}
            dataKey="at"
            type="number"
            domain={[end - SPAN_MS, end]}
            ticks={[end - 10 * MINUTE, end - 5 * MINUTE, end]}
            tickFormatter={(at: number) =>
              at >= end ? 'now' : `−${Math.round((end - at) / MINUTE)}${THIN}m`
            }
          />
          <YAxis {...axis} domain={[0, max]} ticks={[0, max / 2, max]} tickFormatter={tick} width={32} />
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--tele-raised)',
              border: '1px solid var(--tele-border)',
              color: 'var(--tele-text)',
            }}
            labelFormatter={(at) => formatClock(Number(at))}
            formatter={(value) => [text(Number(value)), title.split(',')[0]]}
          />
          <Line
            dataKey={field}
            stroke={color}
            strokeWidth={1.5}
            {...(series === 2 ? { strokeDasharray: '6 3' } : {})}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}

/** A row each half minute: the same readings, for who reads rather than looks. */
function TraceTable({ points }: { readonly points: readonly TracePoint[] }): ReactElement {
  const rows = points.filter((point, i) => {
    const before = points[i - 1]
    return !before || Math.floor(point.at / 30_000) !== Math.floor(before.at / 30_000)
  })
  return (
    <div className="tele-trace-table">
      <table>
        <caption>GPU, last 10 minutes</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Free VRAM, GB</th>
            <th scope="col">Busy, %</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, vramFree, utilization }) => (
            <tr key={at}>
              <td>{formatClock(at)}</td>
              <td>{vramFree === null ? 'not measured' : (vramFree / GIGABYTE).toFixed(1)}</td>
              <td>{utilization === null ? 'not measured' : Math.round(utilization)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
