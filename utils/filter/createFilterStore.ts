import { createStore } from '../../services/shared/createStore'
import { readLocalText, writeLocalText } from '../../services/shared/localText'
import {
  formatQuery,
  normalizeFilter,
  parseQuery,
  readQueryParts,
  runnableFilter,
} from '../../services/telemetryFilterService'
import { filterBefore } from './filterBefore'
import type { QueryError, ReadableStore, TelemetryFilter } from '../../types'

/** What a change was made by: Back undoes what was chosen, typing changes the address in place, an address changes nothing further. */
export type FilterCause = 'typed' | 'chosen' | 'restored' | 'addressed'

/** One filter as people see it: a text and a choice of values, two views of one state. */
export interface FilterState {
  /** Normalized; the same reference while it asks for the same. Of an unreadable text the last that could be read. */
  readonly filter: TelemetryFilter
  /** As it is written. */
  readonly query: string
  readonly queryError: QueryError | null
  readonly cause: FilterCause
}
export interface FilterStore extends ReadableStore<FilterState> {
  setFilter(filter: TelemetryFilter, cause?: FilterCause): void
  setQuery(text: string): void
}

/** Remembers its filter under `name` in localStorage; without one it lasts as long as the page. */
export function createFilterStore(initial: TelemetryFilter = {}, name?: string): FilterStore {
  const remembered = name === undefined ? null : readLocalText(name)
  const first = remembered === null ? runnableFilter(initial).filter : readQueryParts(remembered).filter
  const store = createStore<FilterState>({
    filter: first,
    query: formatQuery(first),
    queryError: null,
    cause: 'restored',
  })
  const set = (next: FilterState): void => {
    const { filter } = store.getSnapshot()
    const isSame = sameFilter(filter, next.filter)
    if (!isSame && name !== undefined) writeLocalText(name, formatQuery(next.filter))
    store.set(isSame ? { ...next, filter } : next)
  }
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    setFilter(asked, cause = 'chosen') {
      const filter = normalizeFilter(asked)
      const query = formatQuery(filter)
      const parsed = isRunnable(filter) ? undefined : parseQuery(query)
      if (!parsed || parsed.ok) return set({ filter, query, queryError: null, cause })
      set({ filter: store.getSnapshot().filter, query, queryError: parsed.error, cause })
    },
    setQuery(query) {
      const parsed = parseQuery(query)
      const last = store.getSnapshot()
      if (parsed.ok) return set({ filter: parsed.value, query, queryError: null, cause: 'typed' })
      // A word that turns out to be a field's name was no search.
      const isNowField = last.queryError === null && query.startsWith(last.query) && FIELD_BEGUN.test(query)
      const filter = isNowField ? filterBefore(query) : last.filter
      set({ filter, query, queryError: parsed.error, cause: 'typed' })
    },
  }
}

const isRunnable = (filter: TelemetryFilter): boolean => runnableFilter(filter).leftOut.length === 0
const FIELD_BEGUN = /[a-z]:$/i

/** Whether two normalized filters ask for the same. */
export const sameFilter = (a: TelemetryFilter, b: TelemetryFilter): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

/** Whether a normalized filter asks for nothing. */
export const isEmptyFilter = (filter: TelemetryFilter): boolean => Object.keys(filter).length === 0
