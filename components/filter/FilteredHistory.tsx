import { useCallback, useDeferredValue, type ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { withValue } from '../../utils/filter/choices'
import { rangeOfTime } from '../../utils/filter/dateRange'
import { sameFilter } from '../../utils/filter/createFilterStore'
import { count } from '../../utils/format/formatCount'
import {
  useFacets,
  useFilterAddress,
  useFilterResults,
  useFilterStore,
  useNow,
  useSourceLabels,
} from '../../utils/hooks'
import { HistoryPage } from '../history/HistoryPage'
import { TelemetryFilterPanel } from '../TelemetryFilterPanel'
import type { ChartRange } from '../charts/chartProps'
import type { PickValue } from './FilterValue'
import { FilterBar } from './FilterBar'
import { FilterSheet } from './FilterSheet'
import { NoMatchHint } from './NoMatchHint'
import { useFilterPanel } from './useFilterPanel'
import './FilteredHistory.css'

/** The History page under the telemetry's filter: the query above it, the panel beside it or in a sheet, values that filter. */
export function FilteredHistory(): ReactElement {
  const store = useFilterStore()
  const { filter, query, queryError } = useFilterAddress(store)
  const deferred = useDeferredValue(filter)
  const { isOpen, isBeside, toggle, side, button } = useFilterPanel()
  const setFilter = useCallback((next: TelemetryFilter) => store.setFilter(next), [store])
  const addValue = useCallback<PickValue>(
    (field, value, isExcluded) =>
      store.setFilter(withValue(store.getSnapshot().filter, field, value, isExcluded)),
    [store],
  )
  const addTime = useCallback(
    ({ from, to }: ChartRange) =>
      store.setFilter({ ...store.getSnapshot().filter, dateRange: rangeOfTime(from, to) }),
    [store],
  )
  const bar = (
    <FilterBar
      filter={filter}
      query={query}
      queryError={queryError}
      isPanelOpen={isOpen}
      panelButton={button}
      onQuery={store.setQuery}
      onFilter={setFilter}
      onPanel={toggle}
    />
  )
  return (
    <div className="tele-filtered">
      {isOpen && isBeside && (
        <aside ref={side} aria-label="Filters" className="tele-filter-side">
          <SkipToRuns />
          <Panel filter={deferred} onChange={setFilter} />
        </aside>
      )}
      <HistoryPage
        filter={deferred}
        isBehind={!sameFilter(deferred, filter)}
        filterBar={bar}
        onFilterValue={addValue}
        onFilterTime={addTime}
        onResetFilter={() => setFilter({})}
        emptyHint={<NoMatchHint filter={deferred} onChange={setFilter} />}
      />
      {isOpen && !isBeside && <Sheet filter={deferred} onChange={setFilter} onClose={toggle} />}
    </div>
  )
}

/** The panel has many stops for Tab. */
function SkipToRuns(): ReactElement {
  return (
    <button
      type="button"
      className="tele-skip tele-button"
      onClick={() => document.querySelector<HTMLElement>('[role=grid]')?.focus()}
    >
      Skip to the runs
    </button>
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
