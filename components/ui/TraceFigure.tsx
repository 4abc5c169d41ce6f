import type { ReactElement } from 'react'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

/** The series' dashes, so that colour is never the only sign. */
const DASHES = { 1: undefined, 2: '6 3', 3: '2 2', 4: '8 3 2 3' } as const

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
  readonly series: keyof typeof DASHES
  readonly height: number
}

/** One value of a GPU over time, from 0 to its greatest; lines break where nothing was read. */
export function TraceFigure<F extends string>(props: TraceFigureProps<F>): ReactElement {
  const { points, field, title, max, domain, ticks, timeTick, timeText, tick, text, series, height } = props
  const dashes = DASHES[series]
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
            domain={[...domain]}
            allowDataOverflow
            ticks={[...ticks]}
            tickFormatter={timeTick}
          />
          <YAxis {...axis} domain={[0, max]} ticks={[0, max / 2, max]} tickFormatter={tick} width={32} />
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--tele-raised)',
              border: '1px solid var(--tele-border)',
              color: 'var(--tele-text)',
            }}
            labelFormatter={(at) => timeText(Number(at))}
            formatter={(value) => [text(Number(value)), title.split(',')[0]]}
          />
          <Line
            dataKey={field}
            stroke={`var(--tele-chart-${series})`}
            strokeWidth={1.5}
            {...(dashes === undefined ? {} : { strokeDasharray: dashes })}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}
