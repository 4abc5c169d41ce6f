import { useRef, type FocusEvent, type KeyboardEvent } from 'react'
import { isOpenable, moveTarget } from '../../utils/charts/nearest'
import type { PlotState, PlotSurfaceProps } from './plotTypes'
import { finishBrush } from './usePlotPointer'

/** Arrows walk from point to point, with Shift they brush until it is let go, Enter opens, Esc forgets. */
export function usePlotKeys(props: PlotSurfaceProps, state: PlotState) {
  const anchor = useRef<number | undefined>(undefined)
  const { targets } = props
  const walk = (event: KeyboardEvent<HTMLElement>, to: number): void => {
    const target = targets[to]
    if (!target) return
    event.preventDefault()
    state.setShown({ target, isTouch: false })
    if (!event.shiftKey || !props.onBrush) return
    anchor.current ??= state.shown?.target.x ?? target.x
    state.setBrush({ from: anchor.current, to: target.x })
  }
  const forget = (): void => {
    anchor.current = undefined
    state.setBrush(undefined)
  }
  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const at = targets.findIndex(({ id }) => id === state.shown?.target.id)
      const to = moveTarget(event.key, at < 0 ? undefined : at, targets.length)
      const target = targets[at]
      if (to !== undefined) walk(event, to)
      else if (event.key === 'Enter' && target && isOpenable(target)) props.onOpen?.(target, event.altKey)
      else if (event.key === 'Escape') {
        forget()
        state.setShown(undefined)
      }
    },
    onKeyUp: (event: KeyboardEvent<HTMLElement>): void => {
      if (event.key !== 'Shift' || anchor.current === undefined) return
      anchor.current = undefined
      if (state.brush) finishBrush(props, state, state.brush)
    },
    onFocus: (event: FocusEvent<HTMLElement>): void => {
      const target = targets.at(-1)
      if (target && !state.shown && event.currentTarget.matches(':focus-visible'))
        state.setShown({ target, isTouch: false })
    },
    onBlur: (): void => {
      forget()
      state.setShown(undefined)
    },
  }
}
