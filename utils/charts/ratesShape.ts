import type { RatesChart, RunGroup } from '../../types'

/** Rows that are read at a glance. */
const MAX_ROWS = 12
const MAX_UNFOLDED = 100

/** The groups that are drawn, and how many are folded away. */
export interface RatesShape {
  readonly groups: readonly RunGroup[]
  readonly folded: number
  /** Days stand side by side, oldest first; everything else is a list, most scenes first. */
  readonly layout: 'rows' | 'columns'
}

/** `columns`: how many days there is room for. */
export function shapeRates({ by, groups }: RatesChart, isUnfolded: boolean, columns: number): RatesShape {
  if (by === 'day') {
    const shown = groups.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(-columns)
    return { groups: shown, folded: groups.length - shown.length, layout: 'columns' }
  }
  const sorted = groups.toSorted((a, b) => b.scenes - a.scenes)
  // One more row costs less than a line that says one was left out.
  const limit = isUnfolded ? MAX_UNFOLDED : sorted.length <= MAX_ROWS + 1 ? sorted.length : MAX_ROWS
  const shown = sorted.slice(0, limit)
  return { groups: shown, folded: sorted.length - shown.length, layout: 'rows' }
}
