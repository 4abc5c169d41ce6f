import type { ReactElement } from 'react'
import { linePath, marksPath } from '../../utils/charts/paths'
import { linearScale, type Scale } from '../../utils/charts/scale'
import { seriesColor, symbolPath } from '../../utils/charts/symbols'
import { traceLine, type TracePlace } from '../../utils/charts/traceLine'
import { endNames, signPlaces } from '../../utils/charts/traceMarks'
import { traceTargets, type PlacedTrace } from '../../utils/charts/traceTargets'
import { PlotSurface } from '../charts/PlotSurface'
import { TraceAxes } from './TraceAxes'
import { TRACE_EDGE, type TracePlotProps, type TraceSource } from './traceProps'

const WEIGHTS = { x: 1, y: 0 } as const

/**
 * One value of one or several GPUs over time, from 0 to its greatest; lines break where nothing was read. An svg of its own: it is drawn
 * anew with every reading, which a chart library takes three times as long for.
 */
export function TracePlot<F extends string>(
  props: TracePlotProps<F> & { readonly width: number },
): ReactElement {
  const { title, max, domain, width, height, timeText, text } = props
  const area = {
    left: TRACE_EDGE.left,
    top: TRACE_EDGE.top,
    width: Math.max(40, width - TRACE_EDGE.left - TRACE_EDGE.right),
    height: height - TRACE_EDGE.top - TRACE_EDGE.axis,
  }
  const bottom = area.top + area.height
  const x = linearScale(domain, [area.left, area.left + area.width])
  const y = linearScale([0, Math.max(max, Number.MIN_VALUE)], [bottom, area.top])
  const lines = props.lines.map((line) => placed(line, props, x, y))
  const targets = traceTargets(lines, { time: timeText, value: text, what: what(title) })
  return (
    <PlotSurface name={title} width={width} area={area} targets={targets} weights={WEIGHTS}>
      <svg width={width} height={height} aria-hidden="true" style={{ display: 'block' }}>
        <TraceAxes {...props} x={x} y={y} />
        {/* The strongest last, over the others. */}
        {lines
          .toSorted((a, b) => Number(a.isStrong ?? false) - Number(b.isStrong ?? false))
          .map((line) => (
            <Trace key={line.id} line={line} />
          ))}
        {endNames(lines, bottom).map((end) => (
          <text
            key={end.id}
            x={end.x + 5}
            y={end.y + 4}
            fontSize={12}
            fontWeight={600}
            fill="var(--tele-text)"
            stroke="var(--tele-canvas)"
            strokeWidth={3}
            paintOrder="stroke"
          >
            {end.text}
          </text>
        ))}
      </svg>
    </PlotSurface>
  )
}

type Line = PlacedTrace & Pick<TraceSource<string>, 'isStrong' | 'short'>

function placed<F extends string>(
  { points, ...line }: TraceSource<F>,
  { field, domain }: TracePlotProps<F>,
  x: Scale,
  y: Scale,
): Line {
  return { ...line, parts: traceLine(points, field, domain, x, y) }
}

function Trace({ line }: { readonly line: Line }): ReactElement {
  const { name, series, parts, isStrong = false } = line
  return (
    <>
      <path
        d={parts.map(drawn).join('')}
        fill="none"
        stroke={seriesColor(series)}
        strokeWidth={isStrong ? 3 : 1.5}
        strokeLinejoin="round"
        strokeDasharray={`var(--tele-dash-${series})`}
      />
      {name !== undefined && (
        <path
          d={marksPath(signPlaces(line), symbolPath(series, isStrong ? 5 : 4))}
          fill={seriesColor(series)}
          stroke="var(--tele-canvas)"
        />
      )}
    </>
  )
}

/** A reading between two holes is a dot. */
const drawn = (part: readonly TracePlace[]): string => `${linePath(part)}${part.length === 1 ? 'h1' : ''}`

const what = (title: string): string => (title.split(',')[0] ?? '').toLowerCase().replace('vram', 'VRAM')
