import type { RunQuery } from '../../types'
import type { ColumnChunk, RunNumber, RunText } from './columnChunk'
import { runsInTime } from './runsInTime'
import { countOf, placeOf, refAt, type OrderedRuns, type RunRef, type Selection } from './selection'

/** By what the columns say; by what is sought, `rankRuns` sorts. */
type Sort = Omit<NonNullable<RunQuery['sort']>, 'by'> & {
  readonly by: Exclude<NonNullable<RunQuery['sort']>['by'], 'relevance'>
}

/**
 * Sorts the selected runs. What a run doesn't have comes last, whichever the direction; equal ones by time, newest first, then id.
 */
export function orderRuns(selection: Selection, sort: Sort = NEWEST_FIRST): OrderedRuns {
  const inTime = sort.by === 'timestamp' ? runsInTime(selection) : undefined
  if (!inTime) return sortRuns(selection, sort)
  const { length, at } = inTime
  return sort.direction === 'asc' ? inTime : { length, at: (index) => at(length - 1 - index) }
}

function sortRuns(selection: Selection, sort: Sort): OrderedRuns {
  const count = countOf(selection)
  const places = new Uint32Array(count)
  const times = new Float64Array(count)
  const keys = new Float64Array(count)
  const keysOf = keyReader(selection, sort.by)
  let at = 0
  for (const [index, { chunk, runs }] of selection.entries()) {
    const ofChunk = keysOf(chunk)
    const { timestamp } = chunk.runNumbers
    for (let row = 0; row < runs.length; row++) {
      if (runs[row] !== 1) continue
      places[at] = placeOf(index, row)
      times[at] = timestamp[row] ?? 0
      keys[at++] = ofChunk[row] ?? Number.NaN
    }
  }
  const runAt = (position: number): RunRef | undefined => refAt(selection, places[position] ?? 0)
  const idAt = (position: number): string => {
    const ref = runAt(position)
    return ref?.chunk.runIds[ref.row] ?? ''
  }
  const sign = sort.direction === 'asc' ? 1 : -1
  const compare = (a: number, b: number): number =>
    byKey(keys[a] ?? Number.NaN, keys[b] ?? Number.NaN, sign) ||
    (times[b] ?? 0) - (times[a] ?? 0) ||
    (idAt(a) < idAt(b) ? -1 : 1)
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(compare)
  return { length: count, at: (index) => (index in order ? runAt(order[index] ?? 0) : undefined) }
}

const NEWEST_FIRST: Sort = { by: 'timestamp', direction: 'desc' }

/** Absent (NaN) last. */
function byKey(a: number, b: number, sign: number): number {
  if (a === b) return 0
  if (a < b) return -sign
  if (a > b) return sign
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

/** The keys of a chunk's rows; absent is NaN. */
type KeysOf = (chunk: ColumnChunk) => Float64Array

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
function keyReader(selection: Selection, by: Sort['by']): KeysOf {
  const number = NUMBERS[by]
  if (number) return ({ runNumbers }) => runNumbers[number]
  const text = TEXTS[by]
  if (!text) return sceneCounts
  const ranks = ranksOf(selection, text)
  return ({ runTexts }) => {
    const { values, codes } = runTexts[text]
    const rankOf = [Number.NaN, ...values.map((value) => ranks.get(value) ?? Number.NaN)]
    return Float64Array.from(codes, (code) => rankOf[code] ?? Number.NaN)
  }
}

function ranksOf(selection: Selection, text: RunText): ReadonlyMap<string, number> {
  const values = new Set(selection.flatMap(({ chunk }) => chunk.runTexts[text].values))
  return new Map([...values].sort().map((value, rank) => [value, rank]))
}

function sceneCounts({ runIds, starts, sceneTexts }: ColumnChunk): Float64Array {
  const { codes } = sceneTexts.sceneId
  return Float64Array.from(runIds, (_, row) => {
    const from = starts[row] ?? 0
    return codes[from] === 0 ? 0 : (starts[row + 1] ?? from) - from
  })
}
