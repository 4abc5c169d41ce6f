import type { ReactElement } from 'react'
import type { DurationChart } from '../../types'
import type { DurationLayout } from '../../utils/charts/durationLayout'
import type { DurationShape } from '../../utils/charts/durationShape'
import { areaPath } from '../../utils/charts/paths'

/** What a layer of a duration chart draws from. */
export interface LayerProps {
  readonly chart: DurationChart
  readonly shape: DurationShape
  readonly layout: DurationLayout
  readonly hidden: ReadonlySet<string>
}

/** What lies under the lines: the usual range, the median, the envelope. */
export function DurationGround({ chart, shape, layout, hidden }: LayerProps): ReactElement {
  const { x, y } = layout
  const areas = shape.envelope.map((part) =>
    areaPath(part.map(({ at, low, high }) => ({ x: x(at), low: y(low), high: y(high) }))),
  )
  return (
    <g aria-hidden="true">
      {!hidden.has('usual') && <Usual chart={chart} layout={layout} />}
      {!hidden.has('runs') && (
        <path
          d={areas.join('')}
          fill="var(--tele-chart-1)"
          fillOpacity={0.3}
          stroke="var(--tele-chart-1)"
          strokeLinejoin="round"
        />
      )}
    </g>
  )
}

function Usual({ chart, layout }: Pick<LayerProps, 'chart' | 'layout'>): ReactElement | null {
  const { usual, median } = chart
  const { box, y } = layout
  if (!usual) return null
  return (
    <>
      <rect
        x={box.left}
        y={y(usual.high)}
        width={box.width}
        height={Math.max(1, y(usual.low) - y(usual.high))}
        fill="var(--tele-muted)"
        fillOpacity={0.12}
      />
      {median !== undefined && (
        <path
          d={`M${box.left},${y(median)}h${box.width}`}
          stroke="var(--tele-muted)"
          strokeOpacity={0.6}
          strokeDasharray="2 4"
        />
      )}
    </>
  )
}
