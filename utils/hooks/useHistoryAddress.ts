import { useMemo } from 'react'
import { historyHref, readHistoryAddress, type HistoryAddress } from '../history/historyView'
import type { ColumnId, RunSort } from '../history/runColumns'
import { useColumns } from './useColumns'
import { replaceRoute, useHashRoute } from './useHashRoute'

/** What the History page shows, by its address and, for the columns, by what this browser remembers. */
export function useHistoryAddress(): HistoryAddress & {
  /** Those that the address names. */
  readonly linked: readonly ColumnId[] | undefined
  /** Changes the address in place: sorting is no step to go back to. */
  setSort(sort: RunSort): void
  setColumns(columns: readonly ColumnId[]): void
} {
  const { query } = useHashRoute()
  const [remembered, remember] = useColumns()
  const search = query.toString()
  const address = useMemo(() => readHistoryAddress(new URLSearchParams(search)), [search])
  const { filter, sort, columns: linked, leftOut, isBare } = address
  return {
    filter,
    sort,
    leftOut,
    isBare,
    columns: linked ?? remembered,
    linked,
    setSort: (next) => replaceRoute(historyHref({ filter, sort: next, columns: linked })),
    setColumns(next) {
      remember(next)
      if (linked) replaceRoute(historyHref({ filter, sort, columns: next }))
    },
  }
}
