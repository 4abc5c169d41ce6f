import type { ReactElement } from 'react'
import type { ChartTarget } from '../../utils/charts/chartTypes'
import { linePath, marksPath } from '../../utils/charts/paths'
import { seriesColor, symbolPath } from '../../utils/charts/symbols'
import type { TracePlace } from '../../utils/charts/traceLine'
import { endNames, signPlaces, type EndName } from '../../utils/charts/traceMarks'
import { PlotSurface } from '../charts/PlotSurface'
import { TraceAxes } from './TraceAxes'
import type { TracePlotProps } from './traceProps'
import { useTraceLayout, type TraceDrawing, type TraceLayout } from './useTraceLayout'

const WEIGHTS = { x: 1, y: 0 } as const

/**
 * One value of one or several GPUs over time, from 0 to its greatest; lines break where nothing was read. An svg of its own: it is drawn
 * anew with every reading, which a chart library takes three times as long for.
 */
export function TracePlot<F extends string>(
  props: TracePlotProps<F> & { readonly width: number },
): ReactElement {
  const { title, width, height, pointedAt, onPoint } = props
  const layout = useTraceLayout(props)
  const { area, x, y, lines, targets } = layout
  return (
    <PlotSurface
      name={title}
      width={width}
      area={area}
      targets={targets}
      weights={WEIGHTS}
      echo={pointedAt === undefined ? undefined : echoOf(layout, pointedAt)}
      onPoint={onPoint && ((target) => onPoint(target && x.invert(target.x)))}
    >
      <svg width={width} height={height} aria-hidden="true" style={{ display: 'block' }}>
        <TraceAxes {...props} x={x} y={y} />
        {strongestLast(lines).map((line) => (
          <Trace key={line.id} line={line} />
        ))}
        {endNames(lines, area.top + area.height).map((end) => (
          <Name key={end.id} end={end} />
        ))}
      </svg>
    </PlotSurface>
  )
}

/** Moments of another chart lie this far from ours, px. */
const ECHO_PX = 4

/** Nothing where this chart has no reading at that time. */
const echoOf = ({ targets, x }: TraceLayout, at: number): ChartTarget | undefined =>
  targets.find((target) => Math.abs(target.x - x(at)) < ECHO_PX)

/** What is drawn last lies over the others. */
const strongestLast = (lines: readonly TraceDrawing[]): readonly TraceDrawing[] =>
  lines.toSorted((a, b) => Number(a.isStrong ?? false) - Number(b.isStrong ?? false))

function Trace({ line }: { readonly line: TraceDrawing }): ReactElement {
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

const Name = ({ end: { x, y, text } }: { readonly end: EndName }): ReactElement => (
  <text
    x={x + 5}
    y={y + 4}
    fontSize={12}
    fontWeight={600}
    fill="var(--tele-text)"
    stroke="var(--tele-canvas)"
    strokeWidth={3}
    paintOrder="stroke"
  >
    {text}
  </text>
)

/** A reading between two holes is a dot. */
const drawn = (part: readonly TracePlace[]): string => `${linePath(part)}${part.length === 1 ? 'h1' : ''}`
