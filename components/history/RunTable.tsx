import { useMemo, useState, type ReactElement } from 'react'
import type { ListQuery } from '../../utils/history/createRunWindow'
import type { ColumnId, RunSort } from '../../utils/history/runColumns'
import { hasFreeWords } from '../../utils/history/usualSort'
import { useRunSelection, useSourceLabels, type RunList } from '../../utils/hooks'
import { GridToolbar } from './GridToolbar'
import type { PickValue } from '../filter/FilterValue'
import { RunGrid } from './RunGrid'
import { SelectionBar } from './SelectionBar'

/** What a host of the table adds to it. */
export interface RunTableSlots {
  readonly onFilterValue?: PickValue
  readonly onExport?: (runIds: readonly string[]) => void
  /** The table as it stands, as a file. */
  readonly onCsv?: (query: ListQuery, columns: readonly ColumnId[]) => void
}

/** The table of runs with what stands above and below it. */
export function RunTable(
  props: RunTableSlots & {
    readonly query: ListQuery
    readonly runs: RunList
    readonly sort: RunSort
    readonly onSort: (sort: RunSort) => void
    readonly columns: readonly ColumnId[]
    readonly onColumns: (columns: readonly ColumnId[]) => void
  },
): ReactElement {
  const { query, runs, sort, onSort, columns, onColumns, onFilterValue, onExport, onCsv } = props
  const [isPicking, setPicking] = useState(false)
  const selection = useRunSelection(query, runs.asOf)
  const labels = useSourceLabels()
  const shown = useMemo(() => (labels ? columns : columns.filter((id) => id !== 'server')), [labels, columns])
  return (
    <>
      <GridToolbar
        waiting={runs.waiting}
        onRenew={runs.renew}
        isRanked={hasFreeWords(query.filter ?? {})}
        sort={sort}
        onSort={onSort}
        columns={columns}
        onColumns={onColumns}
        isPicking={isPicking}
        onPicking={setPicking}
        onCsv={onCsv && (() => onCsv(query, columns))}
      />
      <RunGrid
        runs={runs}
        columns={shown}
        sort={sort}
        onSort={onSort}
        selection={selection}
        list={JSON.stringify(query)}
        filter={query.filter}
        isPicking={isPicking}
        labels={labels}
        onFilterValue={onFilterValue}
      />
      <SelectionBar selection={selection} onExport={onExport} />
    </>
  )
}
