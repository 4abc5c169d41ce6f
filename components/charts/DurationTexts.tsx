import type { ReactElement } from 'react'
import { formatDurationTick } from '../../utils/charts/durationAxis'
import { formatDuration } from '../../utils/format/formatDuration'
import type { LayerProps } from './DurationGround'

const MUTED = { fontSize: 12, fill: 'var(--tele-muted)' } as const
const DAY = 86_400_000
/** More limits would be a thicket. */
const MAX_LIMITS = 2
/** A hole narrower than its words says nothing, px. */
const HOLE_TEXT_PX = 110

/** The words on a duration chart: limits, holes, what lies above the axis, what the lane is. */
export function DurationTexts(props: LayerProps): ReactElement {
  const { chart, shape, layout, hidden } = props
  const { x, box, laneY } = layout
  const wide = shape.holes.filter(({ from, to }) => x(to) - x(from) > HOLE_TEXT_PX)
  return (
    <>
      {!hidden.has('timeout') && <Limits {...props} />}
      {shape.above.length > 0 && <Above {...props} />}
      {chart.unmeasured.length > 0 && (
        <text {...MUTED} x={box.left - 8} y={laneY + 4} textAnchor="end">
          none
        </text>
      )}
      {shape.y.scale === 'log' && (
        <text {...MUTED} x={0} y={12}>
          log scale
        </text>
      )}
      {wide.map(({ from, to }) => (
        <text
          key={from}
          {...MUTED}
          x={(x(from) + x(to)) / 2}
          y={box.top + box.height - 8}
          textAnchor="middle"
        >
          {holeText(to - from)}
        </text>
      ))}
    </>
  )
}

function Limits({ shape, layout: { box, y } }: LayerProps): ReactElement {
  const limits = shape.limits.length <= MAX_LIMITS ? shape.limits : []
  return (
    <>
      {limits.map((limit) => (
        <g key={limit}>
          <path
            d={`M${box.left},${y(limit)}h${box.width}`}
            stroke="var(--tele-timeout)"
            strokeDasharray="2 3"
          />
          <text
            x={box.left + box.width}
            y={y(limit) - 4}
            textAnchor="end"
            fontSize={12}
            fill="var(--tele-timeout)"
          >
            limit {formatDurationTick(limit)}
          </text>
        </g>
      ))}
    </>
  )
}

/** A strip of its own, cut off from the axis. One limit is named; of several values only that they lie above. */
function Above({ shape, layout: { box, aboveY } }: LayerProps): ReactElement {
  const values = new Set(shape.above.map(({ value }) => value))
  const isLimit = values.size === 1 && shape.above.every(({ kind }) => kind === 'timeout')
  const { left, width } = box
  const foot = aboveY + 6
  return (
    <>
      <path
        d={`M${left},${foot}h${width}`}
        stroke={isLimit ? 'var(--tele-timeout)' : 'var(--tele-muted)'}
        strokeDasharray="2 3"
      />
      <path d={`M${left - 6},${foot + 8}l8,-4m-8,7l8,-4`} stroke="var(--tele-muted)" />
      <text
        x={left - 8}
        y={aboveY + 6}
        textAnchor="end"
        fontSize={12}
        fill={isLimit ? 'var(--tele-timeout)' : 'var(--tele-muted)'}
      >
        {isLimit ? formatDurationTick(Math.max(...values)) : 'above'}
      </text>
    </>
  )
}

function holeText(ms: number): string {
  const days = Math.round(ms / DAY)
  return days > 1 ? `no runs, ${days} days` : `no runs, ${formatDuration(ms)}`
}
