import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Where nothing has a size (no layout, a hidden part) a chart is drawn as wide as this. */
const UNSEEN_PX = 640

/** An element's width, px, known before the first paint and followed. */
export function useWidth<T extends HTMLElement>(): {
  readonly ref: RefObject<T | null>
  readonly width: number | undefined
} {
  const ref = useRef<T>(null)
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    setWidth(Math.floor(element.clientWidth) || UNSEEN_PX)
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) setWidth(Math.floor(element.clientWidth))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
