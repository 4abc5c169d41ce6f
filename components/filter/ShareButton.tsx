import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useToasts } from '../../utils/hooks'
import { Dialog } from '../ui/Dialog'
import './fields.css'

/** Copies the link of what is shown; where the browser denies that, shows it selected. */
export function ShareButton({ url }: { readonly url: string }): ReactElement {
  const { show } = useToasts()
  const [isShown, setShown] = useState(false)
  const share = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url)
      show({
        kind: 'done',
        text: 'Link copied. It shows this filter, order and columns on the runs of whoever opens it.',
      })
    } catch {
      setShown(true) // no clipboard in an insecure context, or it was denied
    }
  }
  return (
    <>
      <button type="button" className="tele-button" onClick={() => void share()}>
        Share
      </button>
      {isShown && (
        <Dialog title="Share this view" onClose={() => setShown(false)}>
          <LinkField url={url} />
          <p className="tele-muted">
            Copy it with Ctrl+C. It shows this filter, order and columns on the runs of whoever opens it.
          </p>
        </Dialog>
      )}
    </>
  )
}

function LinkField({ url }: { readonly url: string }): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  return (
    <input
      ref={field}
      readOnly
      aria-label="Link"
      className="tele-share-link"
      value={url}
      onFocus={({ target }) => target.select()}
    />
  )
}
