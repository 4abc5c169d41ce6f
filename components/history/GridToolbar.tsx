import type { ReactElement } from 'react'
import { count, whole } from '../../utils/format/formatCount'
import {
  BEST_FIRST,
  isColumnId,
  NEWEST_FIRST,
  nextSort,
  RUN_COLUMNS,
  type ColumnId,
  type KnownColumn,
  type RunSort,
  type SortKey,
} from '../../utils/history/runColumns'
import { Popover } from '../ui/Popover'
import { FileButtons } from './FileButtons'

/** Above the table: what waits to be let in, the order and the columns, the table as a file. Its height never changes. */
export function GridToolbar(props: {
  readonly waiting: number
  readonly onRenew: () => void
  /** The filter has free words, so runs can be ranked by relevance. */
  readonly isRanked: boolean
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  /** Those that are shown. */
  readonly columns: readonly KnownColumn[]
  readonly hasServers: boolean
  readonly onColumns: (columns: readonly ColumnId[]) => void
  readonly isPicking: boolean
  readonly onPicking: (isPicking: boolean) => void
  /** How many runs the files are of; undefined while that isn't known or one is being written. */
  readonly exported: number | undefined
  readonly onJson: () => void
  readonly onCsv: () => void
}): ReactElement {
  const { waiting, onRenew, isRanked, sort, onSort, isPicking, onPicking } = props
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
      {isRanked && <BestFirst sort={sort} onSort={onSort} />}
      <SortChoice isRanked={isRanked} sort={sort} onSort={onSort} />
      <button
        type="button"
        className="tele-button tele-phone-only"
        aria-pressed={isPicking}
        onClick={() => onPicking(!isPicking)}
      >
        {isPicking ? 'Done' : 'Select'}
      </button>
      <ColumnMenu {...props} />
      <FileButtons {...props} />
    </div>
  )
}

const SORTED = RUN_COLUMNS.flatMap((column) => ('sort' in column ? [column] : []))

/** What no head of the table stands for. */
function BestFirst(props: {
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}): ReactElement {
  const isOn = props.sort.by === BEST_FIRST.by
  return (
    <button
      type="button"
      className="tele-button tele-button-quiet tele-not-on-phone"
      aria-pressed={isOn}
      onClick={() => props.onSort(isOn ? NEWEST_FIRST : BEST_FIRST)}
    >
      Best matches first
    </button>
  )
}

/** Where the table has no heads to click on. */
function SortChoice(props: {
  readonly isRanked: boolean
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}): ReactElement {
  const { isRanked, sort, onSort } = props
  const choose = (by: SortKey | undefined): void => {
    if (by) onSort(by === BEST_FIRST.by ? BEST_FIRST : nextSort(by, sort))
  }
  const isUp = sort.direction === 'asc'
  return (
    <span className="tele-phone-only tele-sort-choice">
      <select
        aria-label="Sort by"
        value={sort.by}
        onChange={({ target }) =>
          choose([BEST_FIRST.by, ...SORTED.map((column) => column.sort)].find((by) => by === target.value))
        }
      >
        {isRanked && <option value={BEST_FIRST.by}>Best matches first</option>}
        {SORTED.map((column) => (
          <option key={column.id} value={column.sort}>
            {column.title}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="tele-button"
        disabled={sort.by === BEST_FIRST.by}
        aria-label={isUp ? 'Ascending, turn round' : 'Descending, turn round'}
        onClick={() => choose(sort.by)}
      >
        {isUp ? '↑' : '↓'}
      </button>
    </span>
  )
}

/** What is ticked is what is shown. */
function ColumnMenu(props: {
  readonly columns: readonly KnownColumn[]
  readonly hasServers: boolean
  readonly onColumns: (columns: readonly ColumnId[]) => void
}): ReactElement {
  const { columns, hasServers, onColumns } = props
  const shown = columns.map(({ id }) => id)
  const toggle = (id: ColumnId, isWanted: boolean): void => {
    // Where there is one server only its column waits for a second.
    const wanted = new Set<ColumnId>(hasServers ? shown : [...shown, 'server'])
    if (isWanted) wanted.add(id)
    else wanted.delete(id)
    onColumns(RUN_COLUMNS.map((column) => column.id).filter((each) => wanted.has(each)))
  }
  return (
    <Popover name="Columns" className="tele-button tele-button-quiet tele-not-on-phone" label="Columns">
      <fieldset className="tele-column-list">
        <legend>Columns, {whole(columns.length)} shown</legend>
        {RUN_COLUMNS.filter(({ id }) => id !== 'server' || hasServers).map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={shown.includes(id)}
              disabled={id === 'story'}
              onChange={({ target }) => isColumnId(id) && toggle(id, target.checked)}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <p className="tele-muted">Where they are wider than the table, it scrolls sideways.</p>
    </Popover>
  )
}
