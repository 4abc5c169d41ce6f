import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import './FilterSheet.css'

/** The filters where there is no room beside the table: from the bottom on a phone, else from the side. Esc closes it. */
export function FilterSheet(props: {
  /** On the button that leads back to the runs. */
  readonly done: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactElement {
  const { done, onClose, children } = props
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return createPortal(
    // Esc closes a dialog by itself; a click beside it does so here.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className="tele tele-filter-sheet"
      aria-label="Filters"
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <div className="tele-filter-sheet-body">
        <h2 className="tele-filter-sheet-title">Filters</h2>
        <div className="tele-filter-sheet-content">{children}</div>
        <div className="tele-filter-sheet-foot">
          <button
            type="button"
            className="tele-button tele-button-main"
            onClick={() => dialog.current?.close()}
          >
            {done}
          </button>
        </div>
      </div>
    </dialog>,
    document.body,
  )
}
