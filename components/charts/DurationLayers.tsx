import type { ReactElement } from 'react'
import type { DurationChart, DurationMark } from '../../types'
import { formatDurationTick } from '../../utils/charts/durationAxis'
import { formatDuration } from '../../utils/format/formatDuration'
import type { DurationLayout } from '../../utils/charts/durationLayout'
import type { DurationShape } from '../../utils/charts/durationShape'
import { areaPath, marksPath } from '../../utils/charts/paths'
import { crossPath, ringPath, symbolPath, upArrowPath } from '../../utils/charts/symbols'

interface LayerProps {
  readonly chart: DurationChart
  readonly shape: DurationShape
  readonly layout: DurationLayout
  readonly hidden: ReadonlySet<string>
}

/** What lies under the lines: the usual range, the median, the envelope. */
export function DurationGround({ chart, shape, layout, hidden }: LayerProps): ReactElement {
  const { box, x, y } = layout
  const { usual, median } = chart
  const right = box.left + box.width
  return (
    <g aria-hidden="true">
      {usual && !hidden.has('usual') && (
        <rect
          x={box.left}
          y={y(usual.high)}
          width={box.width}
          height={Math.max(1, y(usual.low) - y(usual.high))}
          fill="var(--tele-muted)"
          fillOpacity={0.12}
        />
      )}
      {usual && median !== undefined && !hidden.has('usual') && (
        <line
          x1={box.left}
          x2={right}
          y1={y(median)}
          y2={y(median)}
          stroke="var(--tele-muted)"
          strokeOpacity={0.6}
          strokeDasharray="2 4"
        />
      )}
      {!hidden.has('runs') && (
        <path
          d={shape.envelope
            .map((part) =>
              areaPath(part.map(({ at, low, high }) => ({ x: x(at), low: y(low), high: y(high) }))),
            )
            .join('')}
          fill="var(--tele-chart-1)"
          fillOpacity={0.3}
          stroke="var(--tele-chart-1)"
          strokeWidth={1}
          strokeLinejoin="round"
        />
      )}
    </g>
  )
}

/** What stands on the lines: each run, failed and stopped scenes, limits, the lane of runs without a duration. */
export function DurationMarks({ chart, shape, layout, hidden }: LayerProps): ReactElement {
  const { x, y, aboveY, laneY, box } = layout
  const at = (item: { readonly runId: string; readonly at: number }): number => x(shape.x.placeOf(item))
  const markAt = (mark: DurationMark) => ({
    x: at(mark),
    y: mark.value > shape.y.domain[1] ? aboveY : y(mark.value),
  })
  const marks = [...shape.marks, ...shape.above]
  const failed = marks.filter(({ kind }) => kind === 'failed').map(markAt)
  const stopped = marks.filter(({ kind }) => kind === 'timeout').map(markAt)
  return (
    <g aria-hidden="true">
      {!hidden.has('runs') && (
        <path
          d={marksPath(
            shape.dots.map((point) => ({ x: at(point), y: y(point.value) })),
            symbolPath(1, shape.x.by === 'run' ? 3 : 2),
          )}
          fill="var(--tele-chart-1)"
          stroke="var(--tele-surface)"
        />
      )}
      {!hidden.has('timeout') && (
        <>
          <Limits shape={shape} layout={layout} />
          <path
            d={marksPath(
              stopped.map((mark) => ({ x: mark.x, y: mark.y + (mark.y === aboveY ? 6 : 0) })),
              upArrowPath(5),
            )}
            fill="var(--tele-surface)"
            stroke="var(--tele-timeout)"
            strokeWidth={1.5}
          />
        </>
      )}
      {!hidden.has('failed') && (
        <path d={marksPath(failed, crossPath(4))} fill="none" stroke="var(--tele-failed)" strokeWidth={2} />
      )}
      {shape.above.length > 0 && (
        <text x={box.left - 8} y={aboveY + 4} textAnchor="end" fontSize={12} fill="var(--tele-muted)">
          {aboveText(shape.above)}
        </text>
      )}
      {!hidden.has('unmeasured') && (
        <path
          d={marksPath(
            chart.unmeasured.map((run) => ({ x: at(run), y: laneY })),
            ringPath(3.5),
          )}
          fill="none"
          stroke="var(--tele-muted)"
          strokeWidth={1.5}
        />
      )}
      {chart.unmeasured.length > 0 && (
        <text x={box.left - 8} y={laneY + 4} textAnchor="end" fontSize={12} fill="var(--tele-muted)">
          none
        </text>
      )}
      {shape.y.scale === 'log' && (
        <text x={0} y={12} fontSize={12} fill="var(--tele-muted)">
          log scale
        </text>
      )}
      <Holes shape={shape} layout={layout} />
    </g>
  )
}

/** One limit is named; of several only that they lie above. */
function aboveText(above: readonly DurationMark[]): string {
  const values = new Set(above.map(({ value }) => value))
  const [only] = values
  return values.size === 1 && only !== undefined ? formatDurationTick(only) : 'above'
}

/** More would be a thicket. */
const MAX_LIMITS = 2

function Limits({ shape, layout: { box, y } }: Pick<LayerProps, 'shape' | 'layout'>): ReactElement {
  const right = box.left + box.width
  const limits = shape.limits.length <= MAX_LIMITS ? shape.limits : []
  return (
    <>
      {limits.map((limit) => (
        <g key={limit}>
          <line
            x1={box.left}
            x2={right}
            y1={y(limit)}
            y2={y(limit)}
            stroke="var(--tele-timeout)"
            strokeDasharray="2 3"
          />
          <text x={right} y={y(limit) - 4} textAnchor="end" fontSize={12} fill="var(--tele-timeout)">
            limit {formatDurationTick(limit)}
          </text>
        </g>
      ))}
    </>
  )
}

/** A label that would not fit says nothing. */
const HOLE_TEXT_PX = 110

function Holes({ shape, layout: { x, box } }: Pick<LayerProps, 'shape' | 'layout'>): ReactElement {
  const wide = shape.holes.filter(({ from, to }) => x(to) - x(from) > HOLE_TEXT_PX)
  return (
    <>
      {wide.map(({ from, to }) => (
        <text
          key={from}
          x={(x(from) + x(to)) / 2}
          y={box.top + box.height - 8}
          textAnchor="middle"
          fontSize={12}
          fill="var(--tele-muted)"
        >
          {holeText(to - from)}
        </text>
      ))}
    </>
  )
}

function holeText(ms: number): string {
  const days = Math.round(ms / 86_400_000)
  return days > 1 ? `no runs, ${days} days` : `no runs, ${formatDuration(ms)}`
}
