import { memo, useMemo } from 'react'
import { Line } from 'recharts'
import { formatDurationTick } from '../../utils/charts/durationAxis'
import { durationRows } from '../../utils/charts/durationRows'
import { ChangeFlags } from './ChangeFlags'
import { DurationGround, type LayerProps } from './DurationGround'
import { DurationMarks } from './DurationMarks'
import { PlotFrame } from './PlotFrame'

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

/** The drawing of a duration chart. Drawn again only when it changes: pointing at it costs nothing. */
export const DurationDrawing = memo(function DurationDrawing(props: LayerProps) {
  const { shape, layout, hidden } = props
  const { width, height, box } = layout
  const rows = useMemo(() => durationRows(shape), [shape])
  const ticks = shape.x.ticks(Math.min(MAX_TICKS, Math.max(2, Math.floor(box.width / TICK_PX))))
  const texts = new Map(ticks.map(({ place, label }) => [place, label]))
  return (
    <PlotFrame
      width={width}
      height={height}
      box={box}
      x={{
        domain: shape.x.domain,
        ticks: ticks.map(({ place }) => place),
        text: (place) => texts.get(place) ?? '',
      }}
      y={{ ...shape.y, text: formatDurationTick }}
      data={rows}
      over={
        <>
          <DurationMarks {...props} />
          <ChangeFlags layout={layout} />
        </>
      }
    >
      <DurationGround {...props} />
      {!hidden.has('runs') && shape.line.length > 0 && (
        <Line {...LINE} dataKey="value" stroke="var(--tele-chart-1)" strokeWidth={1.5} />
      )}
    </PlotFrame>
  )
})
