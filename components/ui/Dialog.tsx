import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react'

/** A native modal dialog while it is mounted; Esc closes it, the focus returns to where it was. */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog ref={dialog} className="tele-dialog" aria-labelledby={titleId} onClose={props.onClose}>
      <header>
        <h2 id={titleId}>{props.title}</h2>
        <button
          type="button"
          className="tele-button tele-button-quiet"
          onClick={() => dialog.current?.close()}
        >
          Close
        </button>
      </header>
      {props.children}
    </dialog>
  )
}
