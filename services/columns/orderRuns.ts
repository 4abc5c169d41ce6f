import type { RunQuery } from '../../types'
import { sceneRows, textAt, type ColumnChunk, type RunNumber, type RunText } from './columnChunk'
import { countOf, type RunRef, type Selection } from './selection'

type Sort = NonNullable<RunQuery['sort']>

/** Selected runs in the order of a list: `at(0)` is its first row. */
export interface OrderedRuns {
  readonly length: number
  at(index: number): RunRef | undefined
}

/**
 * Sorts the selected runs. What a run doesn't have comes last, whichever the direction; equal ones by time, newest first, then id.
 */
export function orderRuns(selection: Selection, sort: Sort = NEWEST_FIRST): OrderedRuns {
  const count = countOf(selection)
  const chunkOf = new Uint32Array(count)
  const rowOf = new Uint32Array(count)
  const times = new Float64Array(count)
  const keys = new Float64Array(count)
  const fill = filler(selection, sort.by)
  let at = 0
  selection.forEach(({ chunk, runs }, index) => {
    const keyOf = fill(chunk)
    for (let row = 0; row < runs.length; row++) {
      if (runs[row] !== 1) continue
      chunkOf[at] = index
      rowOf[at] = row
      times[at] = chunk.runNumbers.timestamp[row] ?? 0
      keys[at++] = keyOf(row)
    }
  })
  const refAt = (position: number): RunRef | undefined => {
    const chunk = selection[chunkOf[position] ?? -1]?.chunk
    return chunk && { chunk, row: rowOf[position] ?? 0 }
  }
  const idAt = (position: number): string => {
    const ref = refAt(position)
    return ref?.chunk.runIds[ref.row] ?? ''
  }
  const sign = sort.direction === 'asc' ? 1 : -1
  const compare = (a: number, b: number): number =>
    byKey(keys[a] ?? Number.NaN, keys[b] ?? Number.NaN, sign) ||
    (times[b] ?? 0) - (times[a] ?? 0) ||
    (idAt(a) < idAt(b) ? -1 : 1)
  const order = sorted(count, compare)
  return { length: count, at: (index) => (index in order ? refAt(order[index] ?? 0) : undefined) }
}

const NEWEST_FIRST: Sort = { by: 'timestamp', direction: 'desc' }

/** Absent (NaN) last. */
function byKey(a: number, b: number, sign: number): number {
  if (a === b) return 0
  if (a < b) return -sign
  if (a > b) return sign
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

/** Runs come mostly in the order of time: what is in order already, either way round, is not sorted. */
function sorted(count: number, compare: (a: number, b: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  let isUp = true
  let isDown = true
  for (let at = 1; at < count && (isUp || isDown); at++) {
    const next = compare(at - 1, at)
    isUp &&= next <= 0
    isDown &&= next >= 0
  }
  if (isUp) return order
  return isDown ? order.reverse() : order.sort(compare)
}

type KeyOf = (row: number) => number

const NUMBERS: Readonly<Partial<Record<Sort['by'], RunNumber>>> = {
  timestamp: 'timestamp',
  averageDuration: 'averageDuration',
  successRate: 'successRate',
  gpuAverageFree: 'gpuAverageFree',
  fallbackCount: 'fallbackCount',
}
const TEXTS: Readonly<Partial<Record<Sort['by'], RunText>>> = {
  runName: 'runName',
  storyId: 'storyId',
  status: 'status',
}

/** A run's key as a number; texts by their rank among all. */
function filler(selection: Selection, by: Sort['by']): (chunk: ColumnChunk) => KeyOf {
  const number = NUMBERS[by]
  if (number)
    return ({ runNumbers }) =>
      (row) =>
        runNumbers[number][row] ?? Number.NaN
  const text = TEXTS[by]
  if (!text) return sceneCounts
  const ranks = ranksOf(selection, text)
  return ({ runTexts }) =>
    (row) =>
      ranks.get(textAt(runTexts[text], row) ?? '') ?? Number.NaN
}

function ranksOf(selection: Selection, text: RunText): ReadonlyMap<string, number> {
  const values = new Set(selection.flatMap(({ chunk }) => chunk.runTexts[text].values))
  return new Map([...values].sort().map((value, rank) => [value, rank]))
}

function sceneCounts(chunk: ColumnChunk): KeyOf {
  const { codes } = chunk.sceneTexts.sceneId
  return (row) => {
    const from = chunk.starts[row] ?? 0
    return codes[from] === 0 ? 0 : (chunk.starts[row + 1] ?? sceneRows(chunk)) - from
  }
}
