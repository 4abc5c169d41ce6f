import { useEffect, useRef, type ReactElement, type RefObject } from 'react'
import { UNDO, type Toast } from '../../utils/toasts/createToasts'
import { useShortcuts, useToasts, useToastState } from '../../utils/hooks'
import { Glyph } from './Glyph'
import './Toasts.css'

/**
 * The messages at the bottom left. Those that go by themselves stay while somebody points at them or is in them. Ctrl and Z take back
 * what the newest says was done, where it can be.
 */
export function Toasts(): ReactElement {
  const { toasts } = useToastState()
  const region = useRef<HTMLElement>(null)
  useHold(region)
  useUndoKey(toasts)
  return (
    <section ref={region} className="tele-toasts" aria-label="Messages" hidden={toasts.length === 0}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

/** What somebody has just done is many stops for Tab away from its Undo. */
function useUndoKey(toasts: readonly Toast[]): void {
  const { close } = useToasts()
  const newest = toasts.findLast(({ action }) => action?.label === UNDO)
  const undo = (): void => {
    if (!newest) return
    close(newest.id)
    newest.action?.run()
  }
  useShortcuts({ ...(newest ? { 'Ctrl+z': undo } : {}) })
}

function useHold(region: RefObject<HTMLElement | null>): void {
  const { hold } = useToasts()
  useEffect(() => {
    const element = region.current
    const take = (): void => hold(true)
    const letGo = ({ relatedTarget }: Event & { readonly relatedTarget?: EventTarget | null }): void => {
      if (!(relatedTarget instanceof Node && element?.contains(relatedTarget))) hold(false)
    }
    for (const type of ['pointerenter', 'focusin']) element?.addEventListener(type, take)
    for (const type of ['pointerleave', 'focusout']) element?.addEventListener(type, letGo)
    return () => {
      for (const type of ['pointerenter', 'focusin']) element?.removeEventListener(type, take)
      for (const type of ['pointerleave', 'focusout']) element?.removeEventListener(type, letGo)
    }
  }, [region, hold])
}

function ToastCard({ toast }: { readonly toast: Toast }): ReactElement {
  const { close, hold } = useToasts()
  const { id, kind, text, action } = toast
  const end = (): void => {
    close(id)
    hold(false) // the focus or the pointer was in what is gone now
  }
  return (
    <div className="tele-toast" data-kind={kind}>
      {kind === 'error' && <Glyph name="failed" />}
      <p className="tele-figure">{text}</p>
      {action && (
        <button
          type="button"
          className="tele-button"
          onClick={() => {
            end()
            action.run()
          }}
        >
          {action.label}
        </button>
      )}
      {kind !== 'busy' && (
        <button
          type="button"
          className="tele-button tele-button-quiet"
          aria-label={`Close: ${text}`}
          onClick={end}
        >
          ×
        </button>
      )}
    </div>
  )
}
