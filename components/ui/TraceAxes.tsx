import type { ReactElement } from 'react'
import type { Scale } from '../../utils/charts/scale'
import { TRACE_EDGE, type TracePlotProps } from './traceProps'

const LABEL = { fontSize: 12, fill: 'var(--tele-muted)' } as const

/** The grid of a trace chart at 0, half and all of its greatest value, and its times. */
export function TraceAxes(
  props: Pick<TracePlotProps<string>, 'max' | 'ticks' | 'tick' | 'timeTick' | 'height'> & {
    readonly width: number
    readonly x: Scale
    readonly y: Scale
  },
): ReactElement {
  const { max, ticks, tick, timeTick, width, height, x, y } = props
  return (
    <>
      {[0, max / 2, max].map((value, i) => (
        <g key={i}>
          <path
            d={`M${TRACE_EDGE.left},${y(value)}H${width - TRACE_EDGE.right}`}
            stroke={`var(--tele-${i === 0 ? 'border' : 'grid'})`}
          />
          <text {...LABEL} x={TRACE_EDGE.left - 8} y={y(value) + 4} textAnchor="end">
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
