import { historyHref, readHistoryAddress, type HistoryAddress } from '../history/historyView'
import type { ColumnId, RunSort } from '../history/runColumns'
import { useColumns } from './useColumns'
import { replaceRoute, useHashRoute } from './useHashRoute'

/** What the History page shows, by its address and, for the columns, by what this browser remembers. */
export function useHistoryAddress(): Omit<HistoryAddress, 'columns'> & {
  readonly columns: readonly ColumnId[]
  /** Changes the address in place: sorting is no step to go back to. */
  setSort(sort: RunSort): void
  setColumns(columns: readonly ColumnId[]): void
} {
  const { query } = useHashRoute()
  const [remembered, remember] = useColumns()
  const { q, sort, columns: linked, leftOut } = readHistoryAddress(query)
  const go = (change: { readonly sort?: RunSort; readonly columns?: readonly ColumnId[] }): void =>
    replaceRoute(historyHref({ q, sort, ...(linked ? { columns: linked } : {}), ...change }))
  return {
    q,
    sort,
    leftOut,
    columns: linked ?? remembered,
    setSort: (next) => go({ sort: next }),
    setColumns(next) {
      remember(next)
      if (linked) go({ columns: next })
    },
  }
}
