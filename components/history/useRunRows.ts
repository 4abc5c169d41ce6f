import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { RunList } from '../../utils/hooks'

/** Rows of a list that is on its way. */
const SKELETON_ROWS = 12
/** More are higher than a browser can scroll (Firefox: 17.9 million px). */
export const MOST_ROWS = 250_000

/** Faster than so many rows a frame nobody reads; who rests for REST_MS does. */
const FLYING_ROWS = 60
const REST_MS = 60

/** Where each list was left, px: who comes back from a run finds it there. Ends with the page. */
const offsets = new Map<string, number>()
const MOST_LISTS = 50

/** The rows of a list that are to be drawn; the pages they are of are fetched. */
export interface RunRows {
  /** All rows, at most `MOST_ROWS`. */
  readonly count: number
  readonly items: readonly VirtualItem[]
  readonly totalSize: number
  /** Rows that are seen at a time, with one to hold on to. */
  readonly perPage: number
  scrollTo(index: number): void
}

/** `list` names the list: another one is shown from its top, the same one from where it was left. */
export function useRunRows(
  scroller: RefObject<HTMLDivElement | null>,
  runs: RunList,
  list: string,
  { rowHeight, headHeight }: { readonly rowHeight: number; readonly headHeight: number },
): RunRows {
  'use no memo'
  const count = Math.min(runs.total ?? SKELETON_ROWS, MOST_ROWS)
  // eslint-disable-next-line react-hooks/incompatible-library -- not memoised: it returns one object whose answers change
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Rendering within the scroll event would make one long task of both.
    useFlushSync: false,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  useKeptPlace(scroller, list, runs.total !== undefined)
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useWanted(runs.want, first, last)
  const height = virtualizer.scrollRect?.height ?? 0
  return {
    count,
    items,
    totalSize: virtualizer.getTotalSize(),
    perPage: Math.max(1, Math.floor((height - headHeight) / rowHeight) - 1),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }
}

/** Rows that fly past are not fetched: each answer would have the table laid out once more in the same frame. */
function useWanted(want: RunList['want'], first: number, last: number): void {
  const before = useRef(first)
  useEffect(() => {
    const isFlying = Math.abs(first - before.current) > FLYING_ROWS
    before.current = first
    if (!isFlying) return want(first, last)
    const timer = setTimeout(() => want(first, last), REST_MS)
    return () => clearTimeout(timer)
  }, [want, first, last])
}

function useKeptPlace(scroller: RefObject<HTMLDivElement | null>, list: string, isHere: boolean): void {
  const shown = useRef<string | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !isHere || shown.current === list) return
    const top = shown.current === null ? offsets.get(list) : 0
    // Scrolling has the page laid out at once: a table that opens at its top is there already.
    if (top !== undefined) element.scrollTo({ top })
    shown.current = list
  }, [scroller, list, isHere])
  useLayoutEffect(() => {
    const element = scroller.current
    return () => {
      // A list that was never shown has no place: strict mode takes every effect back once.
      if (element && shown.current === list) keepOffset(list, element.scrollTop)
    }
  }, [scroller, list])
}

/** Forgets the list that was left longest ago. */
function keepOffset(list: string, top: number): void {
  offsets.delete(list)
  offsets.set(list, top)
  const [oldest] = offsets.keys()
  if (offsets.size > MOST_LISTS && oldest !== undefined) offsets.delete(oldest)
}
