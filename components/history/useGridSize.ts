import { useLayoutEffect, useState, useSyncExternalStore, type RefObject } from 'react'
import { usePreference } from '../../utils/hooks'

/** Below this a run takes two lines. */
const NARROW_PX = 640

const ROW_PX = { comfortable: 36, compact: 32 } as const
const TOUCH_PX = 44
const TWO_LINES_PX = 64

/** How wide the table is, and how high its rows are, px. */
export interface GridMeasure {
  readonly width: number
  readonly isNarrow: boolean
  readonly rowHeight: number
}

export function useGridSize(element: RefObject<HTMLElement | null>): GridMeasure {
  const width = useWidth(element)
  const [density] = usePreference('density', ['comfortable', 'compact'])
  const isTouch = useSyncExternalStore(subscribeTouch, readTouch)
  const isNarrow = width < NARROW_PX
  const oneLine = isTouch ? TOUCH_PX : ROW_PX[density]
  return { width, isNarrow, rowHeight: isNarrow ? TWO_LINES_PX : oneLine }
}

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(() => globalThis.innerWidth)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}

const COARSE = '(pointer: coarse)'
const readTouch = (): boolean => globalThis.matchMedia?.(COARSE).matches ?? false
function subscribeTouch(listener: () => void): () => void {
  const query = globalThis.matchMedia?.(COARSE)
  query?.addEventListener('change', listener)
  return () => query?.removeEventListener('change', listener)
}
