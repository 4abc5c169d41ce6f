import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Below this a column of cards has no room. */
const NARROW_PX = 640

/** Whether the element is narrow; for what the reading order depends on. Looks are left to container queries. */
export function useContainerSize<T extends HTMLElement>(): {
  readonly ref: RefObject<T | null>
  readonly isNarrow: boolean
} {
  const ref = useRef<T>(null)
  const [isNarrow, setNarrow] = useState(() => globalThis.innerWidth < NARROW_PX)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(([entry]) => entry && setNarrow(entry.contentRect.width < NARROW_PX))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, isNarrow }
}
