import { useEffect, type RefObject } from 'react'
import { scrolledTo, type KnownColumn } from '../../utils/history/runColumns'

/** Keeps the active column of a table that scrolls sideways in sight; `columns` is undefined where all have room. */
export function useSideways(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly KnownColumn[] | undefined,
  active: number,
): void {
  useEffect(() => {
    const element = scroller.current
    if (!element || !columns) return
    const { scrollLeft: left, clientWidth: width } = element
    const to = scrolledTo(columns, active, { left, width })
    if (to !== left) element.scrollTo({ left: to })
  }, [scroller, columns, active])
}
