import { useCallback, useLayoutEffect, useRef, useState } from 'react'
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

/** Empty again when the filter is another one: what is out of sight is not deleted by accident. */
export function useRunSelection(query: ListQuery, asOf: number | undefined): RunSelection {
  const { history } = useTelemetry()
  const [picked, setPicked] = useState<Picked>(NONE)
  const filterKey = JSON.stringify(query.filter ?? null)
  if (picked.filterKey !== filterKey) setPicked({ filterKey, ids: NONE.ids })
  const anchor = useRef(0)
  const held = asOf === undefined ? query : { ...query, asOf }
  const latest = useRef({ held, filterKey, picked })
  useLayoutEffect(() => {
    latest.current = { held, filterKey, picked }
  })

  const add = useCallback(
    async (place: { readonly offset?: number; readonly limit?: number }) => {
      const asked = latest.current
      const found = await history.runIds({ ...asked.held, ...place })
      // Late for another filter: the list that they were picked from is gone.
      if (asked.filterKey !== latest.current.filterKey) return
      setPicked((last) => ({ ...last, ids: new Set([...last.ids, ...found]) }))
    },
    [history],
  )
  const toggle = useCallback((index: number, runId: string) => {
    anchor.current = index
    setPicked((last) => ({ ...last, ids: toggled(last.ids, runId) }))
  }, [])
  const extendTo = useCallback(
    (index: number) => {
      const from = Math.min(anchor.current, index)
      return add({ offset: from, limit: Math.max(anchor.current, index) - from + 1 })
    },
    [add],
  )
  const selectAll = useCallback(() => add({}), [add])
  const clear = useCallback(() => {
    const before = latest.current.picked
    setPicked((last) => ({ ...last, ids: NONE.ids }))
    return () => setPicked((last) => (isPutDown(last, before) ? before : last))
  }, [])
  return { ids: picked.ids, toggle, extendTo, selectAll, clear }
}

interface Picked {
  readonly filterKey: string
  readonly ids: ReadonlySet<string>
}
const NONE: Picked = { filterKey: 'null', ids: new Set() }

/** Nothing was picked since, in the same list. */
const isPutDown = (now: Picked, before: Picked): boolean =>
  now.ids.size === 0 && now.filterKey === before.filterKey

function toggled(ids: ReadonlySet<string>, runId: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(runId)) next.add(runId)
  return next
}
