import type { RunField, SceneField } from '../../types'
import { dateBounds } from '../filter/rangeTest'
import type { RegexEngine } from '../filter/regexEngine'
import { isDateTerm, isTextTerm, type Term } from '../filter/terms'
import { policyTexts } from '../filter/fieldValues'
import { textTest } from '../filter/textTest'
import {
  sceneRows,
  type CodedColumn,
  type ColumnChunk,
  type RunNumber,
  type RunText,
  type SceneNumber,
  type SceneText,
} from './columnChunk'
import type { TermMask } from './matchChunk'
import { listOf } from './readRow'
import { matchSearched } from './matchSearched'

/**
 * Masks of terms, kept per chunk: a filter that changes in one term computes that term alone, and a save those of one chunk.
 * `now` resolves relative dates; `regex` is needed only where a term is a regular expression.
 */
export function createTermMask(now: number, regex: RegexEngine | undefined, cache: MaskCache): TermMask {
  return (chunk, term) => {
    const bounds = isDateTerm(term) ? dateBounds(term, now) : undefined
    const key = JSON.stringify(bounds ?? term)
    const known = cache.get(chunk, key)
    if (known) return known
    const mask = bounds
      ? overRuns(chunk, within(chunk.runNumbers.timestamp, bounds.from, bounds.to, false))
      : maskOf(chunk, term, regex)
    cache.set(chunk, key, mask)
    return mask
  }
}

/** Masks by chunk and term; a chunk that was replaced takes its masks with it. */
export interface MaskCache {
  get(chunk: ColumnChunk, key: string): Uint8Array | undefined
  set(chunk: ColumnChunk, key: string, mask: Uint8Array): void
}

export function createMaskCache(): MaskCache {
  const masks = new WeakMap<ColumnChunk, Map<string, Uint8Array>>()
  return {
    get: (chunk, key) => masks.get(chunk)?.get(key),
    set(chunk, key, mask) {
      const ofChunk = masks.get(chunk) ?? new Map<string, Uint8Array>()
      masks.set(chunk, ofChunk)
      const [oldest] = ofChunk.keys()
      if (ofChunk.size >= MASKS && oldest !== undefined) ofChunk.delete(oldest)
      ofChunk.set(key, mask)
    },
  }
}

/** About as many terms as a panel full of criteria has, and the last few of a word that is being typed. */
const MASKS = 24

type Column<N extends string, T extends string> =
  | { readonly kind: 'number'; readonly name: N }
  | { readonly kind: 'text'; readonly name: T; readonly itemsOf?: (text: string) => readonly string[] }

const text = <T extends string>(name: T): { readonly kind: 'text'; readonly name: T } => ({
  kind: 'text',
  name,
})
const list = <T extends string>(name: T, itemsOf: (text: string) => readonly string[] = listOf) =>
  ({ kind: 'text', name, itemsOf }) as const
const number = <N extends string>(name: N): { readonly kind: 'number'; readonly name: N } => ({
  kind: 'number',
  name,
})

const SCENE_COLUMNS: Readonly<Record<SceneField, Column<SceneNumber, SceneText>>> = {
  status: text('status'),
  reason: text('reason'),
  gpu: text('gpu'),
  duration: number('duration'),
  attempts: number('attempts'),
  scene: text('sceneId'),
  error: text('error'),
  vram: number('vramFree'),
  cached: number('cached'),
  workflow: text('workflow'),
  model: list('models'),
  size: text('size'),
  steps: number('steps'),
  node: list('nodes'),
  cold: text('cold'),
}
const RUN_COLUMNS: Readonly<Record<Exclude<RunField, 'run' | 'text'>, Column<RunNumber, RunText>>> = {
  name: text('runName'),
  story: text('storyId'),
  tag: list('tags'),
  source: text('source'),
  date: number('timestamp'),
  success: number('successRate'),
  policy: list('policy', (policy) => policyTexts(JSON.parse(policy))),
}

function maskOf(chunk: ColumnChunk, term: Term, regex: RegexEngine | undefined): Uint8Array {
  const { field } = term
  if (field === 'run' || field === 'text') {
    if (!isTextTerm(term)) return new Uint8Array(sceneRows(chunk))
    const test = textTest(term, regex)
    if (field === 'text') return overRuns(chunk, matchSearched(chunk, term, test))
    return overRuns(
      chunk,
      Uint8Array.from(chunk.runIds, (runId) => (test(runId) ? 1 : 0)),
    )
  }
  if (isSceneField(field)) {
    const column = SCENE_COLUMNS[field]
    return column.kind === 'number'
      ? numberMask(chunk.sceneNumbers[column.name], term)
      : codedMask(chunk.sceneTexts[column.name], term, regex, column.itemsOf)
  }
  const column = RUN_COLUMNS[field]
  return overRuns(
    chunk,
    column.kind === 'number'
      ? numberMask(chunk.runNumbers[column.name], term)
      : codedMask(chunk.runTexts[column.name], term, regex, column.itemsOf),
  )
}

const isSceneField = (field: SceneField | RunField): field is SceneField =>
  Object.hasOwn(SCENE_COLUMNS, field)

function numberMask(column: Float64Array, term: Term): Uint8Array {
  if (isTextTerm(term) || isDateTerm(term)) return new Uint8Array(column.length)
  return within(column, term.min ?? -Infinity, term.max ?? Infinity, true)
}

/** An absent value (NaN) lies within nothing. */
function within(column: Float64Array, from: number, to: number, isInclusive: boolean): Uint8Array {
  const mask = new Uint8Array(column.length)
  for (let at = 0; at < mask.length; at++) {
    const value = column[at] ?? Number.NaN
    mask[at] = Number(value >= from && (value < to || (isInclusive && value === to)))
  }
  return mask
}

/** Tests each value once, not each row. */
function codedMask(
  { values, codes }: CodedColumn,
  term: Term,
  regex: RegexEngine | undefined,
  itemsOf: ((text: string) => readonly string[]) | undefined,
): Uint8Array {
  const mask = new Uint8Array(codes.length)
  if (!isTextTerm(term)) return mask
  const test = textTest(term, regex)
  const allowed = new Uint8Array(values.length + 1)
  values.forEach((value, index) => {
    if (itemsOf ? itemsOf(value).some(test) : test(value)) allowed[index + 1] = 1
  })
  if (allowed.includes(1)) for (let at = 0; at < mask.length; at++) mask[at] = allowed[codes[at] ?? 0] ?? 0
  return mask
}

/** What is true of a run is true of each of its scenes. */
function overRuns({ starts }: ColumnChunk, runs: Uint8Array): Uint8Array {
  const mask = new Uint8Array(starts[runs.length] ?? 0)
  for (let run = 0; run < runs.length; run++) if (runs[run] === 1) mask.fill(1, starts[run], starts[run + 1])
  return mask
}
