import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { TelemetryCore } from '../../services/createTelemetry'
import { createStore, type WritableStore } from '../../services/shared/createStore'
import type { ListQuery } from '../history/createRunWindow'
import { useTelemetry } from './TelemetryProvider'

/** Runs that were picked from a list, whether their rows are here or not. */
export interface RunSelection {
  readonly ids: ReadonlySet<string>
  /** Takes one in or out; ranges begin at it. */
  toggle(index: number, runId: string): void
  /** Takes in all from where the last one was taken to this place. */
  extendTo(index: number): Promise<void>
  /** Takes in every run that matches. */
  selectAll(): Promise<void>
  /** Takes all out. What it answers with takes them in again, unless others were picked since or the filter is another one. */
  clear(): () => void
}

/**
 * What was picked stays so while other pages are looked at. Empty when the filter is another one: what is out of sight is not deleted
 * by accident.
 */
export function useRunSelection(query: ListQuery, asOf: number | undefined): RunSelection {
  const telemetry = useTelemetry()
  const { history } = telemetry
  const store = storeOf(telemetry)
  const stored = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const filterKey = JSON.stringify(query.filter ?? null)
  const ids = stored.filterKey === filterKey ? stored.ids : NONE.ids
  const anchor = useRef(0)
  const held = asOf === undefined ? query : { ...query, asOf }
  const latest = useRef({ held, filterKey })
  useLayoutEffect(() => {
    latest.current = { held, filterKey }
    // Of a filter that is another one now: coming back to it does not bring it back.
    if (store.getSnapshot().filterKey !== filterKey) store.set({ filterKey, ids: NONE.ids })
  })

  const pick = useCallback(
    (change: (ids: ReadonlySet<string>) => ReadonlySet<string>) => {
      const { filterKey: key, ids: before } = store.getSnapshot()
      store.set({ filterKey: key, ids: change(before) })
    },
    [store],
  )
  const add = useCallback(
    async (place: { readonly offset?: number; readonly limit?: number }) => {
      const asked = latest.current
      const found = await history.runIds({ ...asked.held, ...place })
      // Late for another filter: the list that they were picked from is gone.
      if (asked.filterKey === store.getSnapshot().filterKey) pick((last) => new Set([...last, ...found]))
    },
    [history, pick, store],
  )
  const toggle = useCallback(
    (index: number, runId: string) => {
      anchor.current = index
      pick((last) => toggled(last, runId))
    },
    [pick],
  )
  const extendTo = useCallback(
    (index: number) => {
      const from = Math.min(anchor.current, index)
      return add({ offset: from, limit: Math.max(anchor.current, index) - from + 1 })
    },
    [add],
  )
  const selectAll = useCallback(() => add({}), [add])
  const clear = useCallback(() => {
    const before = store.getSnapshot()
    pick(() => NONE.ids)
    return () => {
      if (isPutDown(store.getSnapshot(), before)) store.set(before)
    }
  }, [pick, store])
  return { ids, toggle, extendTo, selectAll, clear }
}

interface Picked {
  readonly filterKey: string
  readonly ids: ReadonlySet<string>
}
const NONE: Picked = { filterKey: 'null', ids: new Set() }

/** What is picked from the history of each telemetry; it ends with its telemetry. */
const stores = new WeakMap<TelemetryCore, WritableStore<Picked>>()

function storeOf(telemetry: TelemetryCore): WritableStore<Picked> {
  const store = stores.get(telemetry) ?? createStore(NONE)
  stores.set(telemetry, store)
  return store
}

/** Nothing was picked since, in the same list. */
const isPutDown = (now: Picked, before: Picked): boolean =>
  now.ids.size === 0 && now.filterKey === before.filterKey

function toggled(ids: ReadonlySet<string>, runId: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(runId)) next.add(runId)
  return next
}
