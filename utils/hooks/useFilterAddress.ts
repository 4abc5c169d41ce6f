import { useEffect, useRef, useState } from 'react'
import type { TelemetryFilter } from '../../types'
import { isEmptyFilter, sameFilter, type FilterState, type FilterStore } from '../filter/createFilterStore'
import { queryText } from '../filter/queryText'
import { historyHref } from '../history/historyView'
import { useTelemetry } from './TelemetryProvider'
import { useFilterState } from './useFilter'
import { replaceRoute } from './useHashRoute'
import { useHistoryAddress } from './useHistoryAddress'

/** Browsers refuse addresses that change with every letter. */
const TYPED_MS = 300

/**
 * Keeps the filter and the address of the History page one: what is chosen is a step to go back to, what is typed changes the address
 * in place. A bare address shows what is remembered, else the default view. Gives what is to be shown: of a page that is opened by a
 * link, what the link asks for, before the store knows of it.
 */
export function useFilterAddress(store: FilterStore): FilterState {
  const address = useHistoryAddress()
  const state = useFilterState(store)
  const [arrival] = useState({ state, filter: address.isBare ? state.filter : address.filter })
  const latest = useRef(address)
  useEffect(() => {
    latest.current = address
  })
  useFilterFromAddress(store, latest, address.isBare ? null : JSON.stringify(address.filter))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hrefOf = (): string => {
      const { sort, linked } = latest.current
      return historyHref({ filter: store.getSnapshot().filter, sort, columns: linked })
    }
    const replace = (): void => replaceRoute(hrefOf())
    const onChange = (): void => {
      const { cause } = store.getSnapshot()
      clearTimeout(timer)
      // The address that was last rendered may be behind: it comes after a second click.
      if (cause === 'addressed' || hrefOf() === location.hash) return
      if (cause === 'typed') timer = setTimeout(replace, TYPED_MS)
      if (cause === 'chosen') location.hash = hrefOf()
      if (cause === 'restored') replace()
    }
    const unsubscribe = store.subscribe(onChange)
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [store])
  return state === arrival.state ? stateOf(arrival.filter, state) : state
}

const stateOf = (filter: TelemetryFilter, state: FilterState): FilterState =>
  sameFilter(filter, state.filter)
    ? state
    : { filter, query: queryText(filter), queryError: null, cause: 'addressed' }

/** `asked`: the filter of the address as JSON, null for a bare one. */
function useFilterFromAddress(
  store: FilterStore,
  latest: { readonly current: ReturnType<typeof useHistoryAddress> },
  asked: string | null,
): void {
  const { presets } = useTelemetry()
  const hasArrived = useRef(false)
  useEffect(() => {
    const isArrival = !hasArrived.current
    hasArrived.current = true
    const { filter, sort, linked } = latest.current
    if (asked !== null) {
      if (!sameFilter(filter, store.getSnapshot().filter)) store.setFilter(filter, 'addressed')
      return undefined
    }
    if (!isArrival) return store.setFilter({}, 'addressed')
    const kept = store.getSnapshot().filter
    if (!isEmptyFilter(kept)) return replaceRoute(historyHref({ filter: kept, sort, columns: linked }))
    const before = store.getSnapshot()
    let isGone = false
    void presets.loaded.then(() => {
      const usual = presets.getSnapshot().presets.find(({ isDefault }) => isDefault)
      if (!isGone && usual && store.getSnapshot() === before) store.setFilter(usual.filter, 'restored')
    })
    return () => void (isGone = true)
  }, [store, latest, presets, asked])
  // Strict mode begins every effect twice: the second time is an arrival too.
  useEffect(() => () => void (hasArrived.current = false), [])
}
