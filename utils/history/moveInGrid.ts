/** A cell of the table: row 0 is the first run, -1 the head; column 0 the checkbox. */
export interface GridCell {
  readonly row: number
  readonly column: number
}
export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows that are seen at a time. */
  readonly perPage: number
}

/** Where a key leads from a cell (WAI-ARIA APG, grid); undefined: it leads nowhere. */
export function moveInGrid(
  { row, column }: GridCell,
  { key, ctrlKey = false }: { readonly key: string; readonly ctrlKey?: boolean },
  { rows, columns, perPage }: GridSize,
): GridCell | undefined {
  const at = (nextRow: number, nextColumn: number): GridCell => ({
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  })
  switch (key) {
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'PageDown':
      return at(row + perPage, column)
    case 'PageUp':
      return at(Math.max(0, row - perPage), column)
    case 'Home':
      return ctrlKey ? at(0, 0) : at(row, 0)
    case 'End':
      return ctrlKey ? at(rows - 1, columns - 1) : at(row, columns - 1)
    default:
      return undefined
  }
}
