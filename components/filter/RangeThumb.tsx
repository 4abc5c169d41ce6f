import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import { speakDuration } from '../../utils/format/formatDuration'

/** Steps of the keys, of a bar of the histogram. */
const SMALL = 0.2
const LARGE = 1

/** One end of a range of durations, on the histogram's own scale of 0 to `size` bars. */
export function RangeThumb(props: {
  readonly label: string
  readonly place: number
  readonly size: number
  /** Of the duration at the place, ms. */
  readonly ms: number
  /** It bounds nothing: it stands at its end. */
  readonly isOpen: boolean
  readonly onMove: (place: number) => void
  /** The move is over: by pointer or key. */
  readonly onDone: () => void
}): ReactElement {
  const { label, place, size, ms, isOpen, onMove, onDone } = props
  const isDragged = useRef(false)
  const move = (next: number): void => onMove(Math.min(size, Math.max(0, next)))
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    const track = event.currentTarget.parentElement?.getBoundingClientRect()
    if (isDragged.current && track && track.width > 0)
      move(((event.clientX - track.left) / track.width) * size)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = placeByKey(event.key, place, size)
    if (next === undefined) return
    event.preventDefault()
    move(next)
  }
  const stop = (): void => {
    if (isDragged.current) onDone()
    isDragged.current = false
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      className="tele-range-thumb"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(size * 10)}
      aria-valuenow={Math.round(place * 10)}
      aria-valuetext={isOpen ? 'any' : speakDuration(ms)}
      style={{ insetInlineStart: `${(100 * place) / size}%` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        isDragged.current = true
      }}
      onPointerMove={onPointer}
      onPointerUp={stop}
      onPointerCancel={stop}
      onKeyDown={onKeyDown}
      onKeyUp={({ key }) => placeByKey(key, place, size) !== undefined && onDone()}
    />
  )
}

function placeByKey(key: string, place: number, size: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return place - SMALL
    case 'ArrowRight':
    case 'ArrowUp':
      return place + SMALL
    case 'PageDown':
      return place - LARGE
    case 'PageUp':
      return place + LARGE
    case 'Home':
      return 0
    case 'End':
      return size
    default:
      return undefined
  }
}
