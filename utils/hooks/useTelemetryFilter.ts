import { useCallback, useDeferredValue, useMemo } from 'react'
import type { Facets, QueryError, RunSummary, TelemetryFilter } from '../../types'
import { historyHref } from '../history/historyView'
import { useFilterState, useFilterStore } from './useFilter'
import { useFacets, useFilterResults } from './useFilterResults'
import { useHistoryAddress } from './useHistoryAddress'
import { usePresets } from './usePresets'

/** One filter, what it finds, and the saved ones. */
interface TelemetryFilterView {
  readonly filter: TelemetryFilter
  setFilter(filter: TelemetryFilter): void
  reset(): void
  readonly query: string
  setQuery(text: string): void
  readonly queryError: QueryError | null
  readonly results: readonly RunSummary[]
  readonly total: number
  readonly unfiltered: number
  readonly facets: Facets | null
  readonly pending: boolean
  readonly presets: readonly {
    readonly name: string
    readonly filter: TelemetryFilter
    readonly isDefault: boolean
  }[]
  /** Of the filter as it is; one of this name gets it. Rejects with a sentence. */
  savePreset(name: string): Promise<void>
  updatePreset(name: string, change: { name?: string; isDefault?: boolean }): Promise<void>
  /** An unknown name changes nothing. */
  applyPreset(name: string): void
  deletePreset(name: string): Promise<{ undo(): Promise<void> }>
  /** A link that shows this filter, order and columns elsewhere. */
  readonly shareUrl: string
}

/**
 * The filter that table, charts and panel share, and what matches it. `query` and `filter` are two views of one state: a text that
 * cannot be read sets `queryError` and leaves the last good filter. It survives a reload; `local` makes a private one. `results` are
 * the first 1,000; `pending` says that they still answer an earlier filter. Answers that come late are dropped.
 */
export function useTelemetryFilter(
  options: { readonly initial?: TelemetryFilter; readonly local?: boolean } = {},
): TelemetryFilterView {
  const store = useFilterStore(options)
  const { filter, query, queryError } = useFilterState(store)
  // What is typed is painted first.
  const deferred = useDeferredValue(filter)
  const { pending, ...results } = useFilterResults(deferred)
  const facets = useFacets(deferred)
  const { presets, save, update, touch, remove } = usePresets()
  const applyPreset = useCallback(
    (name: string) => {
      const preset = presets.find((each) => each.name === name)
      if (!preset) return
      store.setFilter(preset.filter)
      void touch(name)
    },
    [presets, store, touch],
  )
  const actions = useMemo(
    () => ({
      setFilter: (next: TelemetryFilter) => store.setFilter(next),
      reset: () => store.setFilter({}),
      setQuery: store.setQuery,
      savePreset: (name: string) => save(name, store.getSnapshot().filter),
    }),
    [store, save],
  )
  return {
    ...actions,
    filter,
    query,
    queryError,
    ...results,
    facets,
    pending: pending || deferred !== filter,
    presets,
    updatePreset: update,
    applyPreset,
    deletePreset: remove,
    shareUrl: useShareUrl(filter),
  }
}

/** A link that shows this filter, with the order and the columns of the History page, elsewhere. */
export function useShareUrl(filter: TelemetryFilter): string {
  const { sort, columns } = useHistoryAddress()
  const page = globalThis.location.href.replace(/#.*/s, '')
  return `${page}${historyHref({ filter, sort, columns })}`
}
