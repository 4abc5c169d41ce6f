import type { ReactElement } from 'react'
import { count, whole } from '../../utils/format/formatCount'
import {
  isColumnId,
  nextSort,
  RUN_COLUMNS,
  type ColumnId,
  type RunSort,
  type SortKey,
} from '../../utils/history/runColumns'
import { Popover } from '../ui/Popover'

/** Above the table: what waits to be let in, the order and the columns, the table as a file. Its height never changes. */
export function GridToolbar(props: {
  readonly waiting: number
  readonly onRenew: () => void
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly columns: readonly ColumnId[]
  readonly onColumns: (columns: readonly ColumnId[]) => void
  readonly isPicking: boolean
  readonly onPicking: (isPicking: boolean) => void
  readonly onCsv?: (() => void) | undefined
}): ReactElement {
  const { waiting, onRenew, sort, onSort, columns, onColumns, isPicking, onPicking, onCsv } = props
  return (
    <div className="tele-grid-toolbar">
      {waiting > 0 && (
        <button
          type="button"
          className="tele-button"
          aria-label={`${count(waiting, 'new run')}, show`}
          onClick={onRenew}
        >
          {whole(waiting)} new
          <span className="tele-not-on-phone">{waiting === 1 ? ' run' : ' runs'}, show</span>
        </button>
      )}
      <span className="tele-spacer" />
      <SortChoice sort={sort} onSort={onSort} />
      <button
        type="button"
        className="tele-button tele-phone-only"
        aria-pressed={isPicking}
        onClick={() => onPicking(!isPicking)}
      >
        {isPicking ? 'Done' : 'Select'}
      </button>
      <ColumnChoice columns={columns} onColumns={onColumns} />
      {onCsv && (
        <button type="button" className="tele-button tele-button-quiet tele-not-on-phone" onClick={onCsv}>
          CSV
        </button>
      )}
    </div>
  )
}

const SORTED = RUN_COLUMNS.flatMap((column) => ('sort' in column ? [column] : []))

/** Where the table has no heads to click on. */
function SortChoice(props: {
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}): ReactElement {
  const { sort, onSort } = props
  const choose = (by: SortKey | undefined): void => {
    if (by) onSort(nextSort(by, sort))
  }
  const isUp = sort.direction === 'asc'
  return (
    <span className="tele-phone-only tele-sort-choice">
      <select
        aria-label="Sort by"
        value={sort.by}
        onChange={({ target }) => choose(SORTED.find((column) => column.sort === target.value)?.sort)}
      >
        {SORTED.map((column) => (
          <option key={column.id} value={column.sort}>
            {column.title}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="tele-button"
        aria-label={isUp ? 'Ascending, turn round' : 'Descending, turn round'}
        onClick={() => choose(sort.by)}
      >
        {isUp ? '↑' : '↓'}
      </button>
    </span>
  )
}

function ColumnChoice(props: {
  readonly columns: readonly ColumnId[]
  readonly onColumns: (columns: readonly ColumnId[]) => void
}): ReactElement {
  const { columns, onColumns } = props
  const toggle = (id: ColumnId, isWanted: boolean): void => {
    const wanted = new Set(columns)
    if (isWanted) wanted.add(id)
    else wanted.delete(id)
    onColumns(RUN_COLUMNS.map((column) => column.id).filter((each) => wanted.has(each)))
  }
  return (
    <Popover name="Columns" className="tele-button tele-button-quiet tele-not-on-phone" label="Columns">
      <fieldset className="tele-column-list">
        <legend>Columns, {count(columns.length, 'chosen')}</legend>
        {RUN_COLUMNS.map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={id === 'story' || columns.includes(id)}
              disabled={id === 'story'}
              onChange={({ target }) => isColumnId(id) && toggle(id, target.checked)}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <p className="tele-muted">Those without room are left out, the last ones first.</p>
    </Popover>
  )
}
