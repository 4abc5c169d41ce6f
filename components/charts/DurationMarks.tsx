import type { ReactElement, SVGProps } from 'react'
import type { DurationMark } from '../../types'
import type { DurationPart } from '../../utils/charts/durationTargets'
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
  const places = placesOf(props)
  const [only] = places.dots
  return (
    <g aria-hidden="true">
      <DurationTexts {...props} />
      {pathsOf(places, shape.x.by === 'run' ? 3 : 2).map(({ part, ...path }) =>
        hidden.has(part) ? null : <path key={part} {...path} />,
      )}
      {chart.runs === 1 && only && <OnlyValue {...only} value={chart.points[0]?.value ?? 0} />}
    </g>
  )
}

type Places = Readonly<
  Record<'dots' | 'failed' | 'stopped' | 'lane', readonly { readonly x: number; readonly y: number }[]>
> & { readonly smooth: string }

function placesOf({ chart, shape, layout }: LayerProps): Places {
  const { x, y, aboveY, laneY } = layout
  const at = (item: { readonly runId: string; readonly at: number }): number => x(shape.x.placeOf(item))
  const marks = (kind: DurationMark['kind'], foot: number) => [
    ...shape.marks.filter((mark) => mark.kind === kind).map((mark) => ({ x: at(mark), y: y(mark.value) })),
    ...shape.above.filter((mark) => mark.kind === kind).map((mark) => ({ x: at(mark), y: aboveY + foot })),
  ]
  const smooth = shape.smooth.map((part) =>
    linePath(part.map(({ at: time, value }) => ({ x: at({ runId: '', at: time }), y: y(value) }))),
  )
  return {
    smooth: smooth.join(''),
    dots: shape.dots.map((point) => ({ x: at(point), y: y(point.value) })),
    failed: marks('failed', 0),
    stopped: marks('timeout', 6),
    lane: chart.unmeasured.map((run) => ({ x: at(run), y: laneY })),
  }
}

type MarksPath = SVGProps<SVGPathElement> & { readonly part: DurationPart }

function pathsOf({ smooth, dots, stopped, failed, lane }: Places, dotSize: number): readonly MarksPath[] {
  const isCrowd = failed.length > CROWD
  return [
    {
      part: 'smooth',
      d: smooth,
      fill: 'none',
      stroke: 'var(--tele-text)',
      strokeWidth: 2,
      strokeLinejoin: 'round',
    },
    {
      part: 'runs',
      d: marksPath(dots, symbolPath(1, dotSize)),
      fill: 'var(--tele-chart-1)',
      stroke: 'var(--tele-surface)',
    },
    {
      part: 'timeout',
      d: marksPath(stopped, upArrowPath(sizeOf(stopped, 5))),
      fill: 'var(--tele-surface)',
      stroke: 'var(--tele-timeout)',
      strokeWidth: 1.5,
    },
    {
      part: 'failed',
      d: marksPath(failed, crossPath(sizeOf(failed, 4))),
      stroke: 'var(--tele-failed)',
      strokeWidth: isCrowd ? 1.25 : 2,
      strokeOpacity: isCrowd ? 0.7 : 1,
    },
    {
      part: 'unmeasured',
      d: marksPath(lane, ringPath(sizeOf(lane, 3.5))),
      fill: 'none',
      stroke: 'var(--tele-muted)',
      strokeWidth: 1.5,
    },
  ]
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
