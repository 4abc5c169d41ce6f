import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { moveInGrid, type GridCell } from '../../utils/history/moveInGrid'
import { useShortcuts } from '../../utils/hooks'
import { cellId } from './RunGridRow'

/** What the keys of the table do. */
interface GridCommands {
  /** Rows and columns, the checkbox's included, and how many rows are seen at a time. */
  readonly size: { readonly rows: number; readonly columns: number; readonly perPage: number }
  /** The column that opens a run. */
  readonly mainColumn: number
  scrollTo(row: number): void
  /** Picks the row, or all from the last picked one to it; row -1 is the head. */
  pick(row: number, isRange: boolean): void
  pickAll(): void
  focus(): void
}

/** The cell that the arrows have reached, and the keys that move and use it. Another `list` begins at its first row. */
export function useActiveCell(
  gridId: string,
  list: string,
  commands: GridCommands,
): {
  readonly active: GridCell
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
  onPointerDown(event: PointerEvent<HTMLElement>): void
} {
  const { size, mainColumn, scrollTo, pick, pickAll, focus } = commands
  const [state, setState] = useState({ list, cell: { row: 0, column: mainColumn } })
  if (state.list !== list) setState({ list, cell: { ...state.cell, row: Math.min(state.cell.row, 0) } })
  const active: GridCell = {
    row: Math.min(state.cell.row, size.rows - 1),
    column: Math.min(state.cell.column, size.columns - 1),
  }
  const goTo = (cell: GridCell): void => {
    setState({ list, cell })
    if (cell.row >= 0) scrollTo(cell.row)
  }
  const step = (by: 1 | -1) => (): void => {
    focus()
    goTo({ ...active, row: Math.max(0, Math.min(size.rows - 1, active.row + by)) })
  }
  useShortcuts({ j: step(1), k: step(-1), x: () => pick(active.row, false) })

  const act = ({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    if (key === ' ') pick(active.row, shiftKey)
    else if (key === 'Enter') clickIn(gridId, active, mainColumn, altKey)
    else if (key === 'a' && (ctrlKey || metaKey)) pickAll()
    else return false
    return true
  }
  return {
    active,
    onKeyDown(event) {
      const { key, shiftKey } = event
      const next = moveInGrid(active, { key, ctrlKey: event.ctrlKey || event.metaKey }, size)
      if (next) {
        if (shiftKey && next.row >= 0 && next.row !== active.row) pick(next.row, true)
        goTo(next)
      } else if (!act(event)) return
      event.preventDefault()
    },
    onPointerDown({ target }) {
      const cell = target instanceof Element ? placeOf(gridId, target) : undefined
      if (cell) setState({ list, cell })
    },
  }
}

/** Clicks what is in a cell; in one that holds nothing to click, what opens the run. */
function clickIn(gridId: string, { row, column }: GridCell, mainColumn: number, altKey: boolean): void {
  const inCell = (at: number): Element | null | undefined =>
    document.getElementById(cellId(gridId, row, at))?.querySelector('a, button, input')
  const target = inCell(column) ?? inCell(mainColumn)
  target?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, altKey }))
}

function placeOf(gridId: string, target: Element): GridCell | undefined {
  const id = target.closest('[data-column]')?.id ?? ''
  if (!id.startsWith(`${gridId}.`)) return undefined
  const [row, column] = id
    .slice(gridId.length + 1)
    .split('.')
    .map(Number)
  return row === undefined || column === undefined ? undefined : { row, column }
}
