import type { RunField, SceneField } from '../../types'
import { policyTexts } from '../filter/fieldValues'
import type { RegexEngine } from '../filter/regexEngine'
import { isDateTerm, isTextTerm, type Term, type TextTerm } from '../filter/terms'
import { textTest } from '../filter/textTest'
import type { CodedColumn, ColumnChunk, RunNumber, RunText, SceneNumber, SceneText } from './columnChunk'
import { maskOf, type Mask } from './mask'
import { matchSearched } from './matchSearched'
import { listOf } from './readRow'
import { rowsWithin } from './rowsWithin'

/** Reads off the columns where a term, no date, is true. Without an engine patterns are found nowhere. */
export function termReader(term: Term, regex: RegexEngine | undefined): (chunk: ColumnChunk) => Mask {
  const { field } = term
  if (isSceneField(field)) {
    const read = columnReader(SCENE_COLUMNS[field], term, regex)
    return (chunk) => maskOf('scenes', read(chunk))
  }
  const read = runReader(field, term, regex)
  return (chunk) => maskOf('runs', read(chunk))
}

type RowReader = (chunk: ColumnChunk) => Uint8Array | undefined
const nowhere: RowReader = () => undefined

interface NumberColumn {
  readonly kind: 'number'
  readonly of: (chunk: ColumnChunk) => Float64Array
}
interface TextColumn {
  readonly kind: 'text'
  readonly of: (chunk: ColumnChunk) => CodedColumn
  /** Where a text stands for several. */
  readonly itemsOf?: (text: string) => readonly string[]
}
type Column = NumberColumn | TextColumn

const sceneNumber = (name: SceneNumber): NumberColumn => ({
  kind: 'number',
  of: (chunk) => chunk.sceneNumbers[name],
})
const runNumber = (name: RunNumber): NumberColumn => ({
  kind: 'number',
  of: (chunk) => chunk.runNumbers[name],
})
const sceneText = (name: SceneText): TextColumn => ({ kind: 'text', of: (chunk) => chunk.sceneTexts[name] })
const runText = (name: RunText): TextColumn => ({ kind: 'text', of: (chunk) => chunk.runTexts[name] })
const listed = (column: TextColumn, itemsOf: TextColumn['itemsOf'] = listOf): TextColumn => ({
  ...column,
  itemsOf,
})

const SCENE_COLUMNS: Readonly<Record<SceneField, Column>> = {
  status: sceneText('status'),
  reason: sceneText('reason'),
  gpu: sceneText('gpu'),
  duration: sceneNumber('duration'),
  attempts: sceneNumber('attempts'),
  scene: sceneText('sceneId'),
  error: sceneText('error'),
  vram: sceneNumber('vramFree'),
  cached: sceneNumber('cached'),
  workflow: sceneText('workflow'),
  model: listed(sceneText('models')),
  size: sceneText('size'),
  steps: sceneNumber('steps'),
  node: listed(sceneText('nodes')),
  cold: sceneText('cold'),
}
const RUN_COLUMNS: Readonly<Record<Exclude<RunField, 'run' | 'text'>, Column>> = {
  name: runText('runName'),
  story: runText('storyId'),
  tag: listed(runText('tags')),
  source: runText('source'),
  date: runNumber('timestamp'),
  success: runNumber('successRate'),
  policy: listed(runText('policy'), (policy) => policyTexts(JSON.parse(policy))),
}

const isSceneField = (field: SceneField | RunField): field is SceneField =>
  Object.hasOwn(SCENE_COLUMNS, field)

function columnReader(column: Column, term: Term, regex: RegexEngine | undefined): RowReader {
  if (column.kind === 'number') {
    if (isTextTerm(term) || isDateTerm(term)) return nowhere
    const { min = -Infinity, max = Infinity } = term
    return (chunk) => rowsWithin(column.of(chunk), min, max, true)
  }
  if (!isTextTerm(term)) return nowhere
  const test = testOf(term, regex)
  const { itemsOf } = column
  const allows = itemsOf ? (text: string) => itemsOf(text).some(test) : test
  return (chunk) => rowsAllowed(column.of(chunk), allows)
}

function runReader(field: RunField, term: Term, regex: RegexEngine | undefined): RowReader {
  if (field !== 'run' && field !== 'text') return columnReader(RUN_COLUMNS[field], term, regex)
  if (!isTextTerm(term)) return nowhere
  const test = testOf(term, regex)
  if (field === 'text') return (chunk) => matchSearched(chunk, term, test)
  return ({ runIds }) => Uint8Array.from(runIds, (runId) => (test(runId) ? 1 : 0))
}

/** A pattern costs more than remembering what it said of a text that other chunks have, too. */
function testOf(term: TextTerm, regex: RegexEngine | undefined): (text: string) => boolean {
  const test = textTest(term, regex)
  if (term.op !== 'regex' || term.field === 'run' || term.field === 'text') return test
  const known = new Map<string, boolean>()
  return (text) => {
    const told = known.get(text) ?? test(text)
    known.set(text, told)
    return told
  }
}

/** Tests each value once, not each row. */
function rowsAllowed(
  { values, codes }: CodedColumn,
  allows: (text: string) => boolean,
): Uint8Array | undefined {
  const allowed = new Uint8Array(values.length + 1)
  values.forEach((value, index) => (allowed[index + 1] = Number(allows(value))))
  if (!allowed.includes(1)) return undefined
  const mask = new Uint8Array(codes.length)
  let some = 0
  for (let at = 0; at < mask.length; at++) {
    const is = allowed[codes[at] ?? 0] ?? 0
    mask[at] = is
    some |= is
  }
  return some === 0 ? undefined : mask
}
