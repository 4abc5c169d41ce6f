import type { RatesChart, RunGroup } from '../../types'

/** Rows that are read at a glance. */
const MAX_ROWS = 12
const MAX_UNFOLDED = 100

/** Whether a list is folded: one more row costs less than a line that says one was left out. */
export const isFoldable = (groups: number, rows = MAX_ROWS): boolean => groups > rows + 1

/** The groups that are drawn, and how many are folded away. */
export interface RatesShape {
  readonly groups: readonly RunGroup[]
  readonly folded: number
  /** Days stand side by side, oldest first; everything else is a list, most scenes first. */
  readonly layout: 'rows' | 'columns'
}

/** `columns`: how many days there is room for; `rows`: how many groups of a list that is folded. */
export function shapeRates(
  { by, groups }: RatesChart,
  isUnfolded: boolean,
  columns: number,
  rows = MAX_ROWS,
): RatesShape {
  if (by === 'day') {
    const shown = groups.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(-columns)
    return { groups: shown, folded: groups.length - shown.length, layout: 'columns' }
  }
  const sorted = groups.toSorted((a, b) => b.scenes - a.scenes)
  const limit = isUnfolded ? MAX_UNFOLDED : isFoldable(sorted.length, rows) ? rows : sorted.length
  const shown = sorted.slice(0, limit)
  return { groups: shown, folded: sorted.length - shown.length, layout: 'rows' }
}
