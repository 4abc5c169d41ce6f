import { useMemo, type ReactElement } from 'react'
import { Line } from 'recharts'
import type { DurationChart } from '../../types'
import { formatDurationTick } from '../../utils/charts/durationAxis'
import { durationRows } from '../../utils/charts/durationRows'
import { layOutDuration } from '../../utils/charts/durationLayout'
import type { DurationShape } from '../../utils/charts/durationShape'
import { durationFlags, durationTargets } from '../../utils/charts/durationTargets'
import { ChangeFlags } from './ChangeFlags'
import type { ChartRange } from './chartProps'
import { DurationGround, DurationMarks } from './DurationLayers'
import { PlotFrame } from './PlotFrame'
import { PlotSurface } from './PlotSurface'

const LINE = {
  dot: false,
  activeDot: false,
  isAnimationActive: false,
  connectNulls: false,
  legendType: 'none',
} as const
/** Room for a date on the axis. */
const TICK_PX = 84
const MAX_TICKS = 6

/** The drawing of a duration chart and what it does when it is pointed at. */
export function DurationPlot(props: {
  readonly chart: DurationChart
  readonly shape: DurationShape
  readonly width: number
  readonly height: number
  readonly hidden: ReadonlySet<string>
  readonly name: string
  onOpenRun?: ((runId: string, sceneId?: string) => void) | undefined
  onZoom?: ((range: ChartRange) => void) | undefined
}): ReactElement {
  const { chart, shape, width, height, hidden, onOpenRun, onZoom } = props
  const layout = useMemo(() => layOutDuration(chart, shape, width, height), [chart, shape, width, height])
  const targets = useMemo(() => durationTargets(chart, shape, layout, hidden), [chart, shape, layout, hidden])
  const rows = useMemo(() => durationRows(shape), [shape])
  const flags = useMemo(() => durationFlags(chart, layout), [chart, layout])
  const { box } = layout
  const ticks = shape.x.ticks(Math.min(MAX_TICKS, Math.max(2, Math.floor(box.width / TICK_PX))))
  const texts = new Map(ticks.map(({ place, label }) => [place, label]))
  return (
    <PlotSurface
      name={props.name}
      width={width}
      area={{ ...box, top: layout.aboveY - 12, height: height - layout.aboveY + 12 }}
      targets={targets}
      flags={flags}
      {...(onOpenRun
        ? { onOpen: ({ runId, sceneId }) => runId !== undefined && onOpenRun(runId, sceneId) }
        : {})}
      {...(onZoom
        ? {
            onBrush: (from: number, to: number) =>
              onZoom({
                from: shape.x.timeAt(layout.x.invert(from)),
                to: shape.x.timeAt(layout.x.invert(to)),
              }),
          }
        : {})}
    >
      <PlotFrame
        width={width}
        height={height}
        box={box}
        x={{
          domain: shape.x.domain,
          ticks: ticks.map(({ place }) => place),
          text: (at) => texts.get(at) ?? '',
        }}
        y={{ ...shape.y, text: formatDurationTick }}
        data={rows}
        over={
          <>
            <DurationMarks chart={chart} shape={shape} layout={layout} hidden={hidden} />
            <ChangeFlags layout={layout} />
          </>
        }
      >
        <DurationGround chart={chart} shape={shape} layout={layout} hidden={hidden} />
        {!hidden.has('runs') && (
          <Line {...LINE} dataKey="value" stroke="var(--tele-chart-1)" strokeWidth={1.5} />
        )}
        {!hidden.has('smooth') && (
          <Line {...LINE} dataKey="smooth" type="monotone" stroke="var(--tele-text)" strokeWidth={2} />
        )}
      </PlotFrame>
    </PlotSurface>
  )
}
