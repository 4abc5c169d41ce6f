import { useMemo, useState, type ReactElement } from 'react'
import type { ListQuery } from '../../utils/history/createRunWindow'
import type { ColumnId, RunSort } from '../../utils/history/runColumns'
import { count } from '../../utils/format/formatCount'
import { hasFreeWords } from '../../utils/history/usualSort'
import { useRunFiles, useSourceLabels, type RunList, type RunSelection } from '../../utils/hooks'
import { GridToolbar } from './GridToolbar'
import type { PickValue } from '../filter/FilterValue'
import { RunGrid } from './RunGrid'
import { SelectionBar } from './SelectionBar'

/** The table of runs with what stands above and below it. */
export function RunTable(props: {
  readonly query: ListQuery
  readonly runs: RunList
  readonly selection: RunSelection
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly columns: readonly ColumnId[]
  readonly onColumns: (columns: readonly ColumnId[]) => void
  /** A value of a cell was clicked on. */
  readonly onFilterValue?: PickValue | undefined
}): ReactElement {
  const { query, runs, selection, sort, onSort, columns, onColumns, onFilterValue } = props
  const [isPicking, setPicking] = useState(false)
  const labels = useSourceLabels()
  const shown = useMemo(() => (labels ? columns : columns.filter((id) => id !== 'server')), [labels, columns])
  const { isBusy, saveJson, saveCsv } = useRunFiles()
  const held = runs.asOf === undefined ? query : { ...query, asOf: runs.asOf }
  const saveAll = (): void => saveJson(count(runs.total ?? 0, 'run'), { query: held })
  const savePicked = (): void => {
    const runIds = [...selection.ids]
    saveJson(count(runIds.length, 'run'), { runIds })
  }
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
        exported={isBusy ? undefined : runs.total}
        onJson={saveAll}
        onCsv={() => saveCsv('the table', { query: held, columns: shown, labels })}
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
      <SelectionBar selection={selection} onExport={selection.ids.size > 0 ? savePicked : saveAll} />
    </>
  )
}
