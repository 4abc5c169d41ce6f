import { useState, type ReactElement } from 'react'
import type { GpuReading, GpuTrace, LiveState } from '../../types'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatClock } from '../../utils/format/formatTime'
import { THIN } from '../../utils/format/thin'
import { useLive } from '../../utils/hooks'
import { thinTrace, type TracePoint } from '../../utils/live/thinTrace'
import { TraceFigure } from '../ui/TraceFigure'

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
  if (points.length === 0)
    return (
      <p className="tele-muted tele-trace-place">
        No readings yet. The first come within a second of a connection.
      </p>
    )
  return (
    <div className="tele-trace">
      {isTable ? <TraceTable points={points} /> : <TraceFigures points={points} vramTotal={gpu.vramTotal} />}
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

/** Memory and load below each other, over the same time. */
function TraceFigures(props: {
  readonly points: readonly TracePoint[]
  readonly vramTotal: number | undefined
}): ReactElement {
  const { points, vramTotal = Math.max(...points.map(({ vramFree }) => vramFree ?? 0)) } = props
  const axis = axisTo(points.at(-1)?.at ?? 0)
  return (
    <>
      <TraceFigure
        {...axis}
        field="vramFree"
        max={vramTotal}
        title="Free VRAM, GB, last 10 minutes"
        tick={(value) => String(Math.round(value / GIGABYTE))}
        text={formatGigabytes}
        lines={[{ id: 'vramFree', series: 1, points }]}
        height={128}
      />
      <TraceFigure
        {...axis}
        field="utilization"
        max={100}
        title="Busy, %, last 10 minutes"
        tick={String}
        text={(value) => `${Math.round(value)}${THIN}%`}
        lines={[{ id: 'utilization', series: 2, points }]}
        height={104}
      />
    </>
  )
}

const axisTo = (end: number) =>
  ({
    domain: [end - SPAN_MS, end],
    ticks: [end - SPAN_MS, end - SPAN_MS / 2, end],
    timeTick: (at: number) => (at >= end ? 'now' : `−${Math.round((end - at) / MINUTE)}${THIN}m`),
    timeText: formatClock,
  }) as const

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
