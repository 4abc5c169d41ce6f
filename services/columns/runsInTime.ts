import { bisect } from '../shared/bisect'
import { countOf, type ChunkSelection, type OrderedRuns, type Selection } from './selection'
import { timeSpan } from './timeSpan'

/**
 * The selected runs, oldest first, where they are stored in that order, which they mostly are: nothing is sorted then, and only what
 * is looked at is looked up. Undefined where they are not, or where two began at the same time.
 */
export function runsInTime(selection: Selection): OrderedRuns | undefined {
  if (!isInTime(selection)) return undefined
  /** How many are in the parts before each, and in all. */
  const before = new Uint32Array(selection.length + 1)
  selection.forEach((part, index) => (before[index + 1] = (before[index] ?? 0) + countOf([part])))
  const length = before.at(-1) ?? 0
  let last: { readonly part: ChunkSelection | undefined; readonly rows: readonly number[] } = NOWHERE
  return {
    length,
    at(index) {
      if (!(index >= 0 && index < length)) return undefined
      const at = bisect(before, (start) => start > index) - 1
      const part = selection[at]
      if (part && last.part !== part) last = { part, rows: rowsOf(part) }
      const row = last.rows[index - (before[at] ?? 0)]
      return part && row !== undefined ? { chunk: part.chunk, row } : undefined
    },
  }
}

const NOWHERE = { part: undefined, rows: [] }

function isInTime(selection: Selection): boolean {
  let end = -Infinity
  for (const { chunk } of selection) {
    const { first, last, isRising } = timeSpan(chunk)
    if (!isRising || first <= end) return false
    end = Math.max(end, last)
  }
  return true
}

const rowsOf = ({ runs }: ChunkSelection): readonly number[] =>
  [...runs.keys()].filter((row) => runs[row] === 1)
