import { useEffect, useId, useRef, type ReactNode, type ReactPortal } from 'react'
import { createPortal } from 'react-dom'
import { focusFirstField } from './focusFirstField'
import './Dialog.css'

/**
 * A native modal dialog while it is mounted. The focus is in its first field, else on its first button; Esc closes it, the focus returns
 * to where it was. Stands at the end of the page, so that it takes nothing over from what opened it.
 */
export function Dialog(props: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactPortal {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    focusFirstField(dialog.current)
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return createPortal(
    <dialog ref={dialog} className="tele tele-dialog" aria-labelledby={titleId} onClose={props.onClose}>
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
    </dialog>,
    document.body,
  )
}
