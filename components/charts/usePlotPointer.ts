import { useRef, type PointerEvent } from 'react'
import { isOpenable, nearestTarget } from '../../utils/charts/nearest'
import type { Brush, PlotState, PlotSurfaceProps, Shown } from './plotTypes'

/** A hand moves this far without meaning it, px. */
const SLACK = 6

interface Press {
  readonly x: number
  readonly before: string | undefined
}

/** Hover and tap show what is nearest, a click or a second tap opens it, a drag brushes. */
export function usePlotPointer(props: PlotSurfaceProps, state: PlotState) {
  const press = useRef<Press | undefined>(undefined)
  const show = (event: PointerEvent<HTMLElement>): Shown | undefined => {
    const nearest = nearestTarget(props.targets, placeOf(event, props), props.weights)
    const target = props.targets[nearest ?? -1]
    const shown = target && { target, isTouch: event.pointerType === 'touch' }
    if (shown?.target.id !== state.shown?.target.id) state.setShown(shown)
    return shown
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0) return
      press.current = { x: placeOf(event, props).x, before: state.shown?.target.id }
      event.currentTarget.setPointerCapture?.(event.pointerId)
      show(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const { x } = placeOf(event, props)
      const from = press.current?.x
      if (from !== undefined && props.onBrush && (state.brush || Math.abs(x - from) > SLACK))
        state.setBrush({ from, to: within(x, props) })
      else show(event)
    },
    onPointerUp: (event: PointerEvent<HTMLElement>): void => {
      const { current } = press
      press.current = undefined
      if (!current) return
      if (state.brush) {
        finishBrush(props, state, state.brush)
        return
      }
      const shown = show(event)
      const isOpening =
        shown && isOpenable(shown.target) && (!shown.isTouch || shown.target.id === current.before)
      if (isOpening) props.onOpen?.(shown.target, event.altKey)
    },
    onPointerCancel: (): void => {
      press.current = undefined
      state.setBrush(undefined)
    },
    onPointerLeave: (event: PointerEvent<HTMLElement>): void => {
      if (event.pointerType !== 'touch' && !press.current) state.setShown(undefined)
    },
  }
}

/**
 * Tells of the stretch, from left to right, and forgets it and what was pointed at, which another chart will not have there; of none
 * where it has no width.
 */
export function finishBrush(
  { onBrush }: PlotSurfaceProps,
  { setBrush, setShown }: PlotState,
  { from, to }: Brush,
): void {
  setBrush(undefined)
  if (Math.abs(to - from) <= 1) return
  setShown(undefined)
  onBrush?.(Math.min(from, to), Math.max(from, to))
}

function placeOf(
  event: PointerEvent<HTMLElement>,
  { area }: PlotSurfaceProps,
): { readonly x: number; readonly y: number } {
  const edge = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - edge.left + area.left, y: event.clientY - edge.top + area.top }
}

const within = (x: number, { area }: PlotSurfaceProps): number =>
  Math.min(area.left + area.width, Math.max(area.left, x))
