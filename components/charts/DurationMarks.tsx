import type { ReactElement } from 'react'
import type { DurationMark } from '../../types'
import { linePath, marksPath } from '../../utils/charts/paths'
import { crossPath, ringPath, symbolPath, upArrowPath } from '../../utils/charts/symbols'
import { formatDuration } from '../../utils/format/formatDuration'
import type { LayerProps } from './DurationGround'
import { DurationTexts } from './DurationTexts'

/** So many marks of a kind are drawn smaller. */
const CROWD = 60

/** What stands on the lines: each run, failed and stopped scenes, the lane of runs without a duration. One path a kind. */
export function DurationMarks(props: LayerProps): ReactElement {
  const { chart, shape, hidden } = props
  const { x, y, aboveY, laneY } = props.layout
  const at = (item: { readonly runId: string; readonly at: number }): number => x(shape.x.placeOf(item))
  const placed = (kind: DurationMark['kind'], foot: number) => [
    ...shape.marks.filter((mark) => mark.kind === kind).map((mark) => ({ x: at(mark), y: y(mark.value) })),
    ...shape.above.filter((mark) => mark.kind === kind).map((mark) => ({ x: at(mark), y: aboveY + foot })),
  ]
  const dots = shape.dots.map((point) => ({ x: at(point), y: y(point.value) }))
  const failed = placed('failed', 0)
  const stopped = placed('timeout', 6)
  const smooth = shape.smooth.map((part) =>
    linePath(part.map(({ at: time, value }) => ({ x: at({ runId: '', at: time }), y: y(value) }))),
  )
  const lane = chart.unmeasured.map((run) => ({ x: at(run), y: laneY }))
  return (
    <g aria-hidden="true">
      <DurationTexts {...props} />
      {!hidden.has('smooth') && (
        <path
          d={smooth.join('')}
          fill="none"
          stroke="var(--tele-text)"
          strokeWidth={2}
          strokeLinejoin="round"
        />
      )}
      {!hidden.has('runs') && (
        <path
          d={marksPath(dots, symbolPath(1, shape.x.by === 'run' ? 3 : 2))}
          fill="var(--tele-chart-1)"
          stroke="var(--tele-surface)"
        />
      )}
      {!hidden.has('timeout') && (
        <path
          d={marksPath(stopped, upArrowPath(sizeOf(stopped, 5)))}
          fill="var(--tele-surface)"
          stroke="var(--tele-timeout)"
          strokeWidth={1.5}
        />
      )}
      {!hidden.has('failed') && (
        <path
          d={marksPath(failed, crossPath(sizeOf(failed, 4)))}
          stroke="var(--tele-failed)"
          strokeWidth={failed.length > CROWD ? 1.25 : 2}
          strokeOpacity={failed.length > CROWD ? 0.7 : 1}
        />
      )}
      {!hidden.has('unmeasured') && (
        <path
          d={marksPath(lane, ringPath(sizeOf(lane, 3.5)))}
          fill="none"
          stroke="var(--tele-muted)"
          strokeWidth={1.5}
        />
      )}
      {chart.runs === 1 && dots[0] && <OnlyValue {...dots[0]} value={chart.points[0]?.value ?? 0} />}
    </g>
  )
}

const sizeOf = (marks: readonly unknown[], size: number): number =>
  marks.length > CROWD ? size * 0.65 : size

/** A lone run says its value itself. */
function OnlyValue({
  x,
  y,
  value,
}: {
  readonly x: number
  readonly y: number
  readonly value: number
}): ReactElement {
  return (
    <text x={x + 10} y={y + 4} fontSize={14} fontWeight={600} fill="var(--tele-text)">
      {formatDuration(value)}
    </text>
  )
}
