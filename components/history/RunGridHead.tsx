import { useEffect, useRef, type ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { nextSort, type KnownColumn, type RunSort } from '../../utils/history/runColumns'
import { cellId } from './RunGridRow'

/** The table's head: what each column is, which one it is sorted by, and a box that picks all that match. */
export function RunGridHead(props: {
  readonly gridId: string
  readonly columns: readonly KnownColumn[]
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly total: number
  readonly picked: number
  readonly onPickAll: () => void
  readonly activeColumn: number | undefined
}): ReactElement {
  const { gridId, columns, sort, onSort, total, picked, onPickAll, activeColumn } = props
  const cell = (column: number) => ({
    id: cellId(gridId, -1, column),
    'data-active': column === activeColumn ? '' : undefined,
  })
  return (
    <div role="row" aria-rowindex={1} className="tele-grid-head">
      <div role="columnheader" data-column="select" {...cell(0)}>
        <PickAll total={total} picked={picked} onPickAll={onPickAll} />
      </div>
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="columnheader"
          aria-sort={sort.by === column.sort ? SORT_WORDS[sort.direction] : undefined}
          data-column={column.id}
          className={column.isFigure ? 'tele-number' : undefined}
          {...cell(at + 1)}
        >
          <HeadLabel column={column} sort={sort} onSort={onSort} />
        </div>
      ))}
    </div>
  )
}

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const

function HeadLabel(props: {
  readonly column: KnownColumn
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}): ReactElement {
  const { column, sort, onSort } = props
  const by = column.sort
  if (by === undefined) return <span>{column.title}</span>
  return (
    <button type="button" tabIndex={-1} className="tele-sort" onClick={() => onSort(nextSort(by, sort))}>
      <span>{column.title}</span>
      <SortGlyph direction={sort.by === by ? sort.direction : undefined} />
    </button>
  )
}

function SortGlyph({ direction }: { readonly direction: 'asc' | 'desc' | undefined }): ReactElement {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" data-direction={direction}>
      <path d={direction === 'asc' ? 'M4 1 7.5 7h-7z' : 'M4 7 .5 1h7z'} fill="currentColor" />
    </svg>
  )
}

function PickAll(props: {
  readonly total: number
  readonly picked: number
  readonly onPickAll: () => void
}): ReactElement {
  const { total, picked, onPickAll } = props
  const box = useRef<HTMLInputElement>(null)
  const isSome = picked > 0 && picked < total
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome
  }, [isSome])
  return (
    <label className="tele-pick">
      <input
        ref={box}
        type="checkbox"
        tabIndex={-1}
        aria-label={picked > 0 ? 'Select none' : `Select all ${count(total, 'run')}`}
        checked={picked > 0 && picked >= total}
        onChange={onPickAll}
      />
    </label>
  )
}
