import { useCallback, useDeferredValue, useState, type ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { withValue } from '../../utils/filter/choices'
import { count } from '../../utils/format/formatCount'
import {
  useFacets,
  useFilterAddress,
  useFilterResults,
  useFilterState,
  useFilterStore,
  useMediaQuery,
  useNow,
  usePreference,
  useShortcuts,
  useSourceLabels,
} from '../../utils/hooks'
import { HistoryPage } from '../history/HistoryPage'
import { TelemetryFilterPanel } from '../TelemetryFilterPanel'
import type { PickValue } from './FilterValue'
import { FilterBar } from './FilterBar'
import { FilterSheet } from './FilterSheet'
import { NoMatchHint } from './NoMatchHint'
import './filter.css'

/** The History page under the telemetry's filter: the query above it, the panel beside it or in a sheet, values that filter. */
export function FilteredHistory(): ReactElement {
  const store = useFilterStore()
  useFilterAddress(store)
  const { filter, query, queryError } = useFilterState(store)
  const deferred = useDeferredValue(filter)
  const panel = usePanelPlace()
  const setFilter = useCallback((next: TelemetryFilter) => store.setFilter(next), [store])
  const addValue = useCallback<PickValue>(
    (field, value, isExcluded) =>
      store.setFilter(withValue(store.getSnapshot().filter, field, value, isExcluded)),
    [store],
  )
  const bar = (
    <FilterBar
      filter={filter}
      query={query}
      queryError={queryError}
      isPanelOpen={panel.isOpen}
      onQuery={store.setQuery}
      onFilter={setFilter}
      onPanel={panel.toggle}
    />
  )
  return (
    <div className="tele-filtered">
      {panel.isOpen && panel.isBeside && (
        <aside aria-label="Filters" className="tele-filter-side">
          <Panel filter={deferred} onChange={setFilter} />
        </aside>
      )}
      <HistoryPage
        filter={deferred}
        filterBar={bar}
        onFilterValue={addValue}
        onResetFilter={() => setFilter({})}
        emptyHint={<NoMatchHint filter={deferred} onChange={setFilter} />}
      />
      {panel.isOpen && !panel.isBeside && (
        <Sheet filter={deferred} onChange={setFilter} onClose={panel.toggle} />
      )}
    </div>
  )
}

interface PanelProps {
  readonly filter: TelemetryFilter
  readonly onChange: (filter: TelemetryFilter) => void
}

function Panel({ filter, onChange }: PanelProps): ReactElement {
  const facets = useFacets(filter)
  const now = useNow(60_000)
  return (
    <TelemetryFilterPanel
      value={filter}
      onChange={onChange}
      facets={facets}
      now={now}
      sources={useSourceLabels()}
      hasChips={false}
    />
  )
}

function Sheet({ filter, onChange, onClose }: PanelProps & { readonly onClose: () => void }): ReactElement {
  const { total, pending } = useFilterResults(filter, 0)
  return (
    <FilterSheet done={pending ? 'Show the runs' : `Show ${count(total, 'run')}`} onClose={onClose}>
      <Panel filter={filter} onChange={onChange} />
    </FilterSheet>
  )
}

/** Beside the table where there is room, and remembered; else a sheet that is opened when it is wanted. */
function usePanelPlace(): {
  readonly isOpen: boolean
  readonly isBeside: boolean
  readonly toggle: () => void
} {
  const isBeside = useMediaQuery('(width >= 1280px)')
  const [choice, choose] = usePreference('filterPanel', ['open', 'folded'])
  const [isSheetOpen, setSheetOpen] = useState(false)
  const [keys] = usePreference('keys', ['on', 'off'])
  const isOpen = isBeside ? choice === 'open' : isSheetOpen
  const toggle = (): void => {
    if (isBeside) choose(isOpen ? 'folded' : 'open')
    else setSheetOpen(!isOpen)
  }
  useShortcuts({ f: toggle }, keys === 'off')
  return { isOpen, isBeside, toggle }
}
