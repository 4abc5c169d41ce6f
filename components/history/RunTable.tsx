import { useMemo, useRef, useState, type ReactElement } from 'react'
import type { ListQuery } from '../../utils/history/createRunWindow'
import { shownColumns, USUAL_COLUMNS, type ColumnId, type RunSort } from '../../utils/history/runColumns'
import { count } from '../../utils/format/formatCount'
import { hasFreeWords } from '../../utils/history/usualSort'
import { useRunFiles, useSourceLabels, type RunList, type RunSelection } from '../../utils/hooks'
import { GridToolbar } from './GridToolbar'
import type { PickValue } from '../filter/FilterValue'
import { RunGrid } from './RunGrid'
import { SelectionBar } from './SelectionBar'
import { useGridSize } from './useGridSize'

/** The table of runs with what stands above and below it. */
export function RunTable(props: {
  readonly query: ListQuery
  readonly runs: RunList
  readonly selection: RunSelection
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  /** Undefined where nobody has chosen any. */
  readonly columns: readonly ColumnId[] | undefined
  readonly onColumns: (columns: readonly ColumnId[]) => void
  /** A value of a cell was clicked on. */
  readonly onFilterValue?: PickValue | undefined
}): ReactElement {
  const { query, runs, selection, sort, onSort, columns: chosen, onColumns, onFilterValue } = props
  const [isPicking, setPicking] = useState(false)
  const labels = useSourceLabels()
  const hasServers = labels !== null
  const scroller = useRef<HTMLDivElement>(null)
  const size = useGridSize(scroller)
  const columns = useMemo(
    () => shownColumns({ chosen, hasServers }, size.width),
    [chosen, hasServers, size.width],
  )
  const written = (chosen ?? USUAL_COLUMNS).filter((id) => id !== 'server' || hasServers)
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
        hasServers={hasServers}
        onColumns={onColumns}
        isPicking={isPicking}
        onPicking={setPicking}
        exported={isBusy ? undefined : runs.total}
        onJson={saveAll}
        onCsv={() => saveCsv('the table', { query: held, columns: written, labels })}
      />
      <RunGrid
        runs={runs}
        scroller={scroller}
        size={size}
        columns={columns}
        sort={sort}
        onSort={onSort}
        selection={selection}
        list={JSON.stringify(query)}
        filter={query.filter}
        isPicking={isPicking}
        labels={labels}
        onFilterValue={onFilterValue}
      />
      <SelectionBar
        selection={selection}
        onExport={selection.ids.size > 0 ? savePicked : saveAll}
        onDone={() => scroller.current?.focus({ preventScroll: true })}
      />
    </>
  )
}
