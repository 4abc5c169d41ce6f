import type { ReactElement, ReactNode } from 'react'
import { CartesianGrid, ComposedChart, XAxis, YAxis, ZIndexLayer } from 'recharts'
import type { Box } from '../../utils/charts/durationLayout'
import type { Span } from '../../utils/charts/scale'

/** An axis as it is drawn: its ends, where its ticks stand and what they say. */
export interface PlotAxis {
  readonly domain: Span
  readonly ticks: readonly number[]
  readonly text: (value: number) => string
  readonly scale?: 'linear' | 'log'
}
/** Over lines and axes. */
const ON_TOP = 700

/** Axes and grid, with `children` under the lines and `over` on top of them. Every size is given, so that layers can count on it. */
export function PlotFrame(props: {
  readonly width: number
  readonly height: number
  readonly box: Box
  readonly x: PlotAxis
  readonly y?: PlotAxis
  readonly isVertical?: boolean
  readonly data?: readonly object[]
  readonly children?: ReactNode
  readonly over?: ReactNode
}): ReactElement {
  const { width, height, box, x, y } = props
  const margin = {
    top: box.top,
    left: 0,
    right: width - box.left - box.width,
    bottom: height - box.top - box.height - AXIS_PX,
  }
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={margin}
      data={[...(props.data ?? NOTHING)]}
      accessibilityLayer={false}
    >
      <CartesianGrid
        stroke="var(--tele-grid)"
        vertical={props.isVertical ?? false}
        horizontal={!props.isVertical}
      />
      {props.children}
      <XAxis {...AXIS} {...axisProps(x)} dataKey="x" height={AXIS_PX} interval={0} />
      <YAxis {...AXIS} {...(y ? axisProps(y) : NO_AXIS)} width={box.left} axisLine={false} interval={0} />
      {props.over !== undefined && <ZIndexLayer zIndex={ON_TOP}>{props.over}</ZIndexLayer>}
    </ComposedChart>
  )
}

const AXIS_PX = 24
const NOTHING: readonly object[] = [{ x: 0 }]
const AXIS = {
  type: 'number',
  stroke: 'var(--tele-border)',
  tick: { fill: 'var(--tele-muted)', fontSize: 12 },
  tickLine: false,
  allowDataOverflow: true,
} as const
const NO_AXIS = { domain: [0, 1], tick: false } satisfies { domain: [number, number]; tick: boolean }

const axisProps = ({ domain: [from, to], ticks, text, scale = 'linear' }: PlotAxis) => ({
  domain: [from, to] satisfies [number, number],
  ticks: [...ticks],
  tickFormatter: text,
  scale,
})
