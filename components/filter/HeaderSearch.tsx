import { useState, type ReactElement } from 'react'
import { filterBefore } from '../../utils/filter/filterBefore'
import { hrefOfQuery, readQuery } from '../../utils/filter/queryHref'
import { SearchBox } from './SearchBox'
import { useSearchSources } from './useSearchSources'

/** The search field of every page but the History's own: Enter shows there what was found. */
export function HeaderSearch(): ReactElement {
  const [text, setText] = useState('')
  const [isUsed, setUsed] = useState(false)
  const { sources, remember } = useSearchSources(filterBefore(text), isUsed)
  const submit = (query: string): void => {
    const href = hrefOfQuery(query)
    if (href === undefined) return
    remember(query)
    location.hash = href
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
      />
    </div>
  )
}
