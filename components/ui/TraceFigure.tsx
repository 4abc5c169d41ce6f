import type { ReactElement } from 'react'
import { linePath } from '../../utils/charts/paths'
import { linearScale, type Scale } from '../../utils/charts/scale'
import { traceLine, type TracePlace } from '../../utils/charts/traceLine'
import { PlotSurface } from '../charts/PlotSurface'
import { useWidth } from '../charts/useWidth'
import '../charts/charts.css'

/** A line's colour and dash. */
export type TraceSeries = 1 | 2 | 3 | 4 | 5 | 6

export interface TraceFigureProps<F extends string> {
  /** In order of `at`; null where the line breaks. */
  readonly points: readonly ({ readonly at: number } & Readonly<Record<F, number | null>>)[]
  readonly field: F
  /** With unit, and what time it is of after a comma. */
  readonly title: string
  readonly max: number
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  readonly timeTick: (at: number) => string
  readonly timeText: (at: number) => string
  readonly tick: (value: number) => string
  readonly text: (value: number) => string
  readonly series: TraceSeries
  readonly height: number
}

/**
 * One value of a GPU over time, from 0 to its greatest; lines break where nothing was read. An svg of its own: it is drawn anew with
 * every reading, which a chart library takes three times as long for.
 */
export function TraceFigure<F extends string>(props: TraceFigureProps<F>): ReactElement {
  const { ref, width } = useWidth<HTMLDivElement>()
  return (
    <figure>
      <figcaption>{props.title}</figcaption>
      <div ref={ref} style={{ blockSize: props.height }}>
        {width !== undefined && <TracePlot {...props} width={width} />}
      </div>
    </figure>
  )
}

const WEIGHTS = { x: 1, y: 0 } as const
const LEFT_PX = 32
const RIGHT_PX = 16
const TOP_PX = 6
const AXIS_PX = 24
const LABEL = { fontSize: 12, fill: 'var(--tele-muted)' } as const

function TracePlot<F extends string>(props: TraceFigureProps<F> & { readonly width: number }): ReactElement {
  const { points, field, title, max, domain, width, height, timeText, text, series } = props
  const area = {
    left: LEFT_PX,
    top: TOP_PX,
    width: Math.max(40, width - LEFT_PX - RIGHT_PX),
    height: height - TOP_PX - AXIS_PX,
  }
  const bottom = TOP_PX + area.height
  const x = linearScale(domain, [LEFT_PX, LEFT_PX + area.width])
  const y = linearScale([0, Math.max(max, Number.MIN_VALUE)], [bottom, TOP_PX])
  const parts = traceLine(points, field, domain, x, y)
  const targets = parts.flat().map(({ at, value, ...place }) => ({
    ...place,
    id: String(at),
    tip: () => ({ title: timeText(at), value: `${text(value)} ${what(title)}` }),
  }))
  return (
    <PlotSurface name={title} width={width} area={area} targets={targets} weights={WEIGHTS}>
      <svg width={width} height={height} aria-hidden="true" style={{ display: 'block' }}>
        <TraceAxes {...props} x={x} y={y} />
        <path
          d={parts.map(drawn).join('')}
          fill="none"
          stroke={`var(--tele-chart-${series})`}
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeDasharray={`var(--tele-dash-${series})`}
        />
      </svg>
    </PlotSurface>
  )
}

/** A reading between two holes is a dot. */
const drawn = (part: readonly TracePlace[]): string => `${linePath(part)}${part.length === 1 ? 'h0' : ''}`

const what = (title: string): string => (title.split(',')[0] ?? '').toLowerCase().replace('vram', 'VRAM')

function TraceAxes<F extends string>(
  props: TraceFigureProps<F> & { readonly width: number; readonly x: Scale; readonly y: Scale },
): ReactElement {
  const { max, ticks, tick, timeTick, width, height, x, y } = props
  return (
    <>
      {[0, max / 2, max].map((value, i) => (
        <g key={i}>
          <path
            d={`M${LEFT_PX},${y(value)}H${width - RIGHT_PX}`}
            stroke={`var(--tele-${i === 0 ? 'border' : 'grid'})`}
          />
          <text {...LABEL} x={LEFT_PX - 8} y={y(value) + 4} textAnchor="end">
            {tick(value)}
          </text>
        </g>
      ))}
      {ticks.map((at) => (
        <text key={at} {...LABEL} x={x(at)} y={height - 6} textAnchor="middle">
          {timeTick(at)}
        </text>
      ))}
    </>
  )
}
