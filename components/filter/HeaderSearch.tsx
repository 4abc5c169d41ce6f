import { useEffect, useRef, useState, type ReactElement } from 'react'
import { filterBefore } from '../../utils/filter/filterBefore'
import { hrefOfQuery, readQuery } from '../../utils/filter/queryHref'
import { useMediaQuery, useShortcuts } from '../../utils/hooks'
import { SearchBox } from './SearchBox'
import { useSearchSources } from './useSearchSources'

/** The search of every page but the History's own: Enter shows there what was found. Where there is no room, a button opens it. */
export function HeaderSearch(): ReactElement {
  const isNarrow = useMediaQuery('(width < 900px)')
  return isNarrow ? <FoldedSearch /> : <HeaderField />
}

/** `onLeave`: Escape was pressed, or what was searched for is shown. */
function HeaderField({ onLeave }: { readonly onLeave?: () => void }): ReactElement {
  const [text, setText] = useState('')
  const [isUsed, setUsed] = useState(false)
  const { sources, remember } = useSearchSources(filterBefore(text), isUsed)
  const submit = (query: string): void => {
    const href = hrefOfQuery(query)
    if (href === undefined) return
    remember(query)
    location.hash = href
    onLeave?.()
  }
  return (
    <div className="tele-header-search">
      <SearchBox
        value={text}
        error={readQuery(text)}
        sources={sources}
        onChange={setText}
        onSubmit={submit}
        onUse={() => setUsed(true)}
        onLeave={onLeave}
      />
    </div>
  )
}

/** The field over the whole bar while it is wanted; then the focus is on its button again. */
function FoldedSearch(): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts({ '/': () => setOpen(true) }, isOpen)
  useEffect(() => {
    if (isOpen) place.current?.querySelector('input')?.focus()
  }, [isOpen])
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tele-button tele-button-quiet tele-search-open"
        aria-label="Search runs"
        aria-keyshortcuts="/"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path
            d="M10.5 10.5L14 14M12 7A5 5 0 112 7a5 5 0 0110 0z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
        </svg>
      </button>
      {isOpen && (
        <div ref={place} className="tele-search-over">
          <HeaderField onLeave={close} />
          <button type="button" className="tele-button tele-button-quiet" onClick={close}>
            Cancel
          </button>
        </div>
      )}
    </>
  )
}
