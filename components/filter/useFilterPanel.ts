import { useEffect, useRef, useState, type RefObject } from 'react'
import { useMediaQuery, usePreference, useShortcuts } from '../../utils/hooks'

/** Where the filters are, and the way into them and back. */
export interface FilterPanelPlace {
  readonly isOpen: boolean
  /** Beside the table where there is room, and remembered; else a sheet that is opened when it is wanted. */
  readonly isBeside: boolean
  /** Opens or closes it. */
  readonly toggle: () => void
  /** Of what stands beside the table. */
  readonly side: RefObject<HTMLElement | null>
  /** Of the button that toggles it. */
  readonly button: RefObject<HTMLButtonElement | null>
}

/** `f` opens the filters and goes to the first of them; from inside `f` and Escape close them and go back to where one was. */
export function useFilterPanel(): FilterPanelPlace {
  const isBeside = useMediaQuery('(width >= 1280px)')
  const [choice, choose] = usePreference('filterPanel', ['open', 'folded'])
  const [isSheetOpen, setSheetOpen] = useState(false)
  const isOpen = isBeside ? choice === 'open' : isSheetOpen
  const toggle = (): void => {
    if (isBeside) choose(isOpen ? 'folded' : 'open')
    else setSheetOpen(!isOpen)
  }
  const isShown = isOpen && isBeside
  const { side, button, want, leave } = useFocusInside(isShown, toggle)
  const onKey = (): void => {
    if (isShown && isInside(side.current, document.activeElement)) return leave()
    want()
    if (!isOpen) toggle()
  }
  useShortcuts({ f: onKey })
  return { isOpen, isBeside, toggle, side, button }
}

/** A sheet is a dialog, which does all this by itself. */
function useFocusInside(isShown: boolean, close: () => void) {
  const side = useRef<HTMLElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef<Element | null>(null)
  const isWanted = useRef(false)
  const enter = (): void => {
    if (!isWanted.current || !side.current) return
    isWanted.current = false
    before.current = document.activeElement
    side.current.querySelector<HTMLElement>('.tele-filter-panel button')?.focus()
  }
  const leave = (): void => {
    const last = before.current
    before.current = null
    close()
    const isThere = last instanceof HTMLElement && last.isConnected && last !== document.body
    const place = isThere ? last : button.current
    place?.focus()
  }
  useEffect(() => {
    if (isShown) enter()
  }, [isShown])
  useEffect(() => {
    if (!isShown) return
    const onEscape = (event: KeyboardEvent): void => {
      const isOurs = event.key === 'Escape' && !event.defaultPrevented
      if (isOurs && isInside(side.current, event.target)) leave()
    }
    addEventListener('keydown', onEscape)
    return () => removeEventListener('keydown', onEscape)
  })
  const want = (): void => {
    isWanted.current = true
    enter()
  }
  return { side, button, want, leave }
}

const isInside = (place: Element | null, target: EventTarget | null): boolean =>
  target instanceof Node && place?.contains(target) === true
