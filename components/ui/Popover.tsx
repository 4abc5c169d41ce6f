import { useEffect, useId, useRef, useState, type ReactElement, type ReactNode } from 'react'

/** A button that opens a panel in the top layer below it. Esc or a click elsewhere closes it and the focus comes back. */
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
      element.style.insetBlockStart = `${anchor.bottom + 8}px`
      element.style.insetInlineEnd = `${Math.max(8, document.documentElement.clientWidth - anchor.right)}px`
    }
    const onToggle = (): void => {
      const shown = element.matches(':popover-open')
      setOpen(shown)
      if (shown) place()
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
