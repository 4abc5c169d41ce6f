import { mapNames } from '../shared/mapNames'
import {
  RUN_NUMBERS,
  RUN_TEXTS,
  SCENE_NUMBERS,
  SCENE_TEXTS,
  type CodedColumn,
  type ColumnChunk,
  type ColumnRow,
} from './columnChunk'

/** The chunk with these runs put in place of what it had of them, or at its end, and without those removed. */
export function editChunk(
  chunk: ColumnChunk,
  rows: ReadonlyMap<string, ColumnRow>,
  removed: ReadonlySet<string> = NONE,
): ColumnChunk {
  const parts = partsOf(chunk, rows, removed)
  const runs = parts.map((part) => ('row' in part ? [part.row] : part))
  const scenes = parts.map((part) =>
    'row' in part ? part.row.scenes : { from: chunk.starts[part.from] ?? 0, to: chunk.starts[part.to] ?? 0 },
  )
  return {
    ...chunk,
    runIds: splice(chunk.runIds, runs, ({ runId }) => runId),
    texts: splice(chunk.texts, runs, ({ searched }) => searched),
    starts: startsOf(chunk, parts),
    runNumbers: mapNames(RUN_NUMBERS, (name) =>
      spliceNumbers(chunk.runNumbers[name], runs, (row) => row.numbers[name]),
    ),
    runTexts: mapNames(RUN_TEXTS, (name) =>
      spliceTexts(chunk.runTexts[name], runs, (row) => row.texts[name]),
    ),
    sceneNumbers: mapNames(SCENE_NUMBERS, (name) =>
      spliceNumbers(chunk.sceneNumbers[name], scenes, (scene) => scene.numbers[name]),
    ),
    sceneTexts: mapNames(SCENE_TEXTS, (name) =>
      spliceTexts(chunk.sceneTexts[name], scenes, (scene) => scene.texts[name]),
    ),
  }
}

const NONE: ReadonlySet<string> = new Set()

/** Rows `from` to `to` (exclusive) of the old chunk. */
interface Range {
  readonly from: number
  readonly to: number
}
type Part = Range | { readonly row: ColumnRow }
type Source<T> = Range | readonly T[]

const isRange = <T>(source: Source<T>): source is Range => !Array.isArray(source)
const lengthOf = <T>(source: Source<T>): number => (isRange(source) ? source.to - source.from : source.length)

/** The new chunk from start to end: stretches that stay, and rows that are new. */
function partsOf(
  { runIds }: ColumnChunk,
  rows: ReadonlyMap<string, ColumnRow>,
  removed: ReadonlySet<string>,
): readonly Part[] {
  const parts: Part[] = []
  const known = new Set<string>()
  let from = 0
  runIds.forEach((runId, index) => {
    const row = rows.get(runId)
    if (!row && !removed.has(runId)) return
    if (index > from) parts.push({ from, to: index })
    if (row) parts.push({ row })
    known.add(runId)
    from = index + 1
  })
  if (runIds.length > from) parts.push({ from, to: runIds.length })
  for (const [runId, row] of rows) if (!known.has(runId)) parts.push({ row })
  return parts
}

function startsOf({ starts }: ColumnChunk, parts: readonly Part[]): Uint32Array {
  const next: number[] = [0]
  let end = 0
  for (const part of parts) {
    if ('row' in part) next.push((end += part.row.scenes.length))
    else
      for (let run = part.from; run < part.to; run++)
        next.push((end += (starts[run + 1] ?? 0) - (starts[run] ?? 0)))
  }
  return Uint32Array.from(next)
}

const splice = <T, V>(
  old: readonly V[],
  sources: readonly Source<T>[],
  valueOf: (item: T) => V,
): readonly V[] =>
  sources.flatMap((source) =>
    isRange(source) ? old.slice(source.from, source.to) : source.map((item) => valueOf(item)),
  )

function spliceNumbers<T>(
  old: Float64Array,
  sources: readonly Source<T>[],
  valueOf: (item: T) => number | undefined,
): Float64Array {
  const next = new Float64Array(sources.reduce((sum, source) => sum + lengthOf(source), 0))
  let at = 0
  for (const source of sources) {
    if (isRange(source)) next.set(old.subarray(source.from, source.to), at)
    else source.forEach((item, index) => (next[at + index] = valueOf(item) ?? Number.NaN))
    at += lengthOf(source)
  }
  return next
}

function spliceTexts<T>(
  old: CodedColumn,
  sources: readonly Source<T>[],
  valueOf: (item: T) => string | undefined,
): CodedColumn {
  const values = [...old.values]
  const known = new Map(values.map((value, index) => [value, index + 1]))
  const codeOf = (value: string | undefined): number => {
    if (value === undefined) return 0
    const code = known.get(value) ?? values.push(value)
    known.set(value, code)
    return code
  }
  const told = sources.map((source) =>
    isRange(source) ? source : source.map((item) => codeOf(valueOf(item))),
  )
  const next = codesFor(
    values.length,
    told.reduce((sum, source) => sum + lengthOf(source), 0),
  )
  let at = 0
  for (const source of told) {
    if (isRange(source)) next.set(old.codes.subarray(source.from, source.to), at)
    else next.set(source, at)
    at += lengthOf(source)
  }
  return values.length > next.length + SPARE ? compact(values, next) : { values, codes: next }
}

/** So many values that no row has any more may stay. */
const SPARE = 64

function compact(values: readonly string[], codes: CodedColumn['codes']): CodedColumn {
  const kept: string[] = []
  const codeOf = new Map<number, number>([[0, 0]])
  const next = Array.from(codes, (code) => {
    const known = codeOf.get(code)
    if (known !== undefined) return known
    const fresh = kept.push(values[code - 1] ?? '')
    codeOf.set(code, fresh)
    return fresh
  })
  const compacted = codesFor(kept.length, next.length)
  compacted.set(next)
  return { values: kept, codes: compacted }
}

/** As narrow as the number of values allows. */
function codesFor(values: number, length: number): CodedColumn['codes'] {
  if (values < 0x100) return new Uint8Array(length)
  return values < 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length)
}
