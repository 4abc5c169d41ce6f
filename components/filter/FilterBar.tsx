import type { ReactElement, RefObject } from 'react'
import type { QueryError, TelemetryFilter } from '../../types'
import { filterBefore } from '../../utils/filter/filterBefore'
import { useShareUrl } from '../../utils/hooks'
import { FilterChips } from './FilterChips'
import { PresetMenu } from './PresetMenu'
import { SearchBox } from './SearchBox'
import { ShareButton } from './ShareButton'
import { useSearchSources } from './useSearchSources'
import './FilterBar.css'

/** Above what is filtered: the query as text and as chips, and what can be done with it. */
export function FilterBar(props: {
  readonly filter: TelemetryFilter
  readonly query: string
  readonly queryError: QueryError | null
  readonly isPanelOpen: boolean
  /** Of the button that opens and closes it. */
  readonly panelButton: RefObject<HTMLButtonElement | null>
  readonly onQuery: (text: string) => void
  readonly onFilter: (filter: TelemetryFilter) => void
  readonly onPanel: () => void
}): ReactElement {
  const { filter, query, queryError, isPanelOpen, panelButton, onQuery, onFilter, onPanel } = props
  const { sources, remember } = useSearchSources(filterBefore(query))
  const chosen = Object.keys(filter).length
  return (
    <div className="tele-filter-bar">
      <div className="tele-filter-row">
        <SearchBox
          value={query}
          error={queryError}
          sources={sources}
          onChange={onQuery}
          onSubmit={remember}
        />
        <button
          ref={panelButton}
          type="button"
          className="tele-button"
          aria-expanded={isPanelOpen}
          aria-keyshortcuts="f"
          title="Filters (f)"
          onClick={onPanel}
        >
          Filters
        </button>
        <PresetMenu filter={filter} onApply={onFilter} />
        <ShareButton url={useShareUrl(filter)} />
        {(chosen > 0 || query !== '') && (
          <button type="button" className="tele-button tele-button-quiet" onClick={() => onFilter({})}>
            Reset
          </button>
        )}
      </div>
      <FilterChips value={filter} query={query} onChange={onFilter} />
    </div>
  )
}
