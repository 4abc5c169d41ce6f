import { useEffect, useId, useRef, useState, type ReactElement, type ReactNode } from 'react'
import { focusFirstField } from './focusFirstField'
import './Popover.css'

/** Between a panel, its button and the window's edge, px. */
const GAP = 8

/**
 * A button that opens a panel in the top layer below it, or above where there is more room; what has no room is scrolled to. The focus is
 * in its first field. Esc or a click elsewhere closes it and the focus comes back.
 */
export function Popover(props: {
  readonly label: ReactNode
  readonly name: string
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const element = panel.current
    if (!element) return
    const place = (): void => {
      const anchor = button.current?.getBoundingClientRect()
      if (!anchor) return
      const above = anchor.top - 2 * GAP
      const below = innerHeight - anchor.bottom - 2 * GAP
      const isBelow = element.scrollHeight <= below || below >= above
      element.style.insetBlockStart = isBelow ? `${anchor.bottom + GAP}px` : 'auto'
      element.style.insetBlockEnd = isBelow ? 'auto' : `${innerHeight - anchor.top + GAP}px`
      element.style.maxBlockSize = `${isBelow ? below : above}px`
      element.style.overflowY = 'auto'
      element.style.insetInlineEnd = `${Math.max(GAP, document.documentElement.clientWidth - anchor.right)}px`
    }
    const onToggle = (): void => {
      const shown = element.matches(':popover-open')
      setOpen(shown)
      if (!shown) return
      place()
      focusFirstField(element)
    }
    element.addEventListener('toggle', onToggle)
    addEventListener('resize', place)
    return () => {
      element.removeEventListener('toggle', onToggle)
      removeEventListener('resize', place)
    }
  }, [])
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.name}
        aria-expanded={isOpen}
        popoverTarget={id}
      >
        {props.label}
      </button>
      <div ref={panel} id={id} popover="auto" role="dialog" aria-label={props.name} className="tele-popover">
        {props.children}
      </div>
    </>
  )
}
