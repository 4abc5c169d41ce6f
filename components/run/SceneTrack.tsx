import type { ReactElement } from 'react'
import { formatDuration } from '../../utils/format/formatDuration'
import type { TimelineSegment } from '../../utils/run/sceneTimeline'
import { Glyph } from '../ui/Glyph'
import type { TimeRange } from './TimeAxis'
import './SceneTrack.css'

/**
 * A scene's time as a picture: a dotted line while it waited, a bar for each attempt with the shape of its end behind it. The table
 * of its attempts says the same.
 */
export function SceneTrack(props: {
  readonly segments: readonly TimelineSegment[]
  readonly range: TimeRange
}): ReactElement {
  const { segments, range } = props
  const isSeveral = segments.some(({ attempt }) => attempt > 1)
  return (
    <div className="tele-track" aria-hidden="true">
      {segments.map((segment) => {
        const place = placeOf(segment, range)
        return place === undefined ? null : (
          <Segment
            key={`${segment.kind} ${segment.from} ${segment.attempt}`}
            segment={segment}
            place={place}
            isSeveral={isSeveral}
          />
        )
      })}
    </div>
  )
}

interface Place {
  readonly start: number
  readonly size: number
}

/** In percent of the track; undefined out of sight. */
function placeOf({ from, to }: TimelineSegment, range: TimeRange): Place | undefined {
  const span = range.to - range.from
  if (!(span > 0) || to < range.from || from > range.to) return undefined
  const start = Math.max(0, (from - range.from) / span)
  const end = Math.min(1, (to - range.from) / span)
  return { start: start * 100, size: (end - start) * 100 }
}

function Segment(props: {
  readonly segment: TimelineSegment
  readonly place: Place
  readonly isSeveral: boolean
}): ReactElement {
  const { segment, place, isSeveral } = props
  const style = { insetInlineStart: `${place.start}%`, inlineSize: `${place.size}%` }
  const length = formatDuration(segment.to - segment.from)
  if (segment.kind === 'queue')
    return <span className="tele-track-queue" style={style} title={`in the queue ${length}`} />
  return (
    <span
      className={`tele-track-run tele-is-${segment.mark}`}
      style={style}
      title={`attempt ${segment.attempt}: ${segment.mark} after ${length}`}
    >
      {isSeveral && <span className="tele-track-attempt">{segment.attempt}</span>}
      {segment.mark !== 'completed' && <Glyph name={segment.mark} />}
    </span>
  )
}
