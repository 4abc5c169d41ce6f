import { useRef, useState, type PointerEvent, type ReactElement } from 'react'
import { formatDuration } from '../../utils/format/formatDuration'
import { tickText, timeTicks } from '../../utils/run/timeTicks'
import './TimeAxis.css'

/** A stretch of time, epoch ms. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** The axis above the scenes' rows, in time since the run began. Drawn over it zooms; "Show all" leads back. */
export function TimeAxis(props: {
  readonly origin: number
  readonly range: TimeRange
  readonly isZoomed: boolean
  readonly onRange: (from: number, to: number) => void
  readonly onAll: () => void
}): ReactElement {
  const { origin, range, isZoomed, onRange, onAll } = props
  const track = useRef<HTMLDivElement>(null)
  const [brush, setBrush] = useState<TimeRange>()
  const timeAt = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect()
    const share = box && box.width > 0 ? (event.clientX - box.left) / box.width : 0
    return range.from + Math.min(1, Math.max(0, share)) * (range.to - range.from)
  }
  const end = (): void => {
    setBrush(undefined)
    if (!brush) return
    const [from, to] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)]
    if (to - from >= LEAST_SHARE * (range.to - range.from)) onRange(from, to)
  }
  return (
    <div className="tele-axis">
      <p className="tele-muted">
        Time since the start
        {isZoomed && (
          <>
            , {tickText(range.from - origin)} to {formatDuration(range.to - origin)}
          </>
        )}
      </p>
      <div
        ref={track}
        className="tele-axis-track"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = timeAt(event)
          setBrush({ from: at, to: at })
        }}
        onPointerMove={(event) => brush && setBrush({ ...brush, to: timeAt(event) })}
        onPointerUp={end}
        onPointerCancel={() => setBrush(undefined)}
      >
        {timeTicks(origin, range.from, range.to, 5).map((at) => (
          <Tick key={at} percent={shareOf(at, range)} text={tickText(at - origin)} />
        ))}
        {brush && <span className="tele-axis-brush" style={spanStyle(brush, range)} />}
      </div>
      {isZoomed && (
        <button type="button" className="tele-button tele-button-quiet" onClick={onAll}>
          Show all
        </button>
      )}
    </div>
  )
}

/** A label further on would be cut off: it stands on the other side of its line. */
const LAST_LABEL_PERCENT = 92

function Tick({ percent, text }: { readonly percent: number; readonly text: string }): ReactElement {
  return percent <= LAST_LABEL_PERCENT ? (
    <span className="tele-axis-tick" style={{ insetInlineStart: `${percent}%` }}>
      {text}
    </span>
  ) : (
    <span className="tele-axis-tick tele-axis-tick-last" style={{ insetInlineEnd: `${100 - percent}%` }}>
      {text}
    </span>
  )
}

/** A shorter stroke is a click that slipped. */
const LEAST_SHARE = 0.02

const shareOf = (at: number, { from, to }: TimeRange): number =>
  to > from ? ((at - from) / (to - from)) * 100 : 0

function spanStyle(brush: TimeRange, range: TimeRange): { insetInlineStart: string; inlineSize: string } {
  const from = shareOf(Math.min(brush.from, brush.to), range)
  const to = shareOf(Math.max(brush.from, brush.to), range)
  return { insetInlineStart: `${from}%`, inlineSize: `${to - from}%` }
}
