import {
  FIELDS,
  fold,
  formatQuery,
  formatValue,
  wordOf,
  type FieldInfo,
} from '../../services/telemetryFilterService'
import { count as countOf } from '../format/formatCount'
import { nearValues } from './nearValues'
import { wordAt, type Word } from './wordAt'
import type { Facets, RunField, SceneField, TelemetryFilter } from '../../types'

/** A way to go on with a query: the whole text then, and where the caret is. */
export interface Completion {
  readonly kind: 'field' | 'value' | 'recent' | 'preset'
  readonly label: string
  readonly detail: string
  readonly text: string
  readonly caret: number
}
/** What completions are made of. */
export interface CompletionSources {
  readonly facets: Facets | null
  /** Newest first. */
  readonly recent: readonly string[]
  readonly presets: readonly { readonly name: string; readonly filter: TelemetryFilter }[]
}

const MOST = 10
const MOST_WHOLE = 4

/**
 * How the query could go on at the caret: values of the field that is being written, else fields, and while nothing or one word is
 * there, recent searches and saved views with it.
 */
export function completionsOf(
  text: string,
  caret: number,
  sources: CompletionSources,
): readonly Completion[] {
  const word = wordAt(text, caret)
  const [, sign = '', name = '', written = ''] = /^(-?)([a-z]+):(.*)$/is.exec(word.text) ?? []
  const field = name.toLowerCase()
  if (name !== '')
    return valuesFor(field, written, sources.facets).map((value) =>
      put(text, word, `${sign}${field}:`, written, value),
    )
  const isAlone = text.trim() === word.text
  return [
    ...(isAlone ? wholes(word.text, sources) : []),
    ...fieldsFor(word.text.replace(/^-/, '')).map(([each, doc]): Completion =>
      place(
        text,
        word,
        { kind: 'field', label: `${each}:`, detail: doc },
        `${/^-/.exec(word.text) ?? ''}${each}:`,
      ),
    ),
  ].slice(0, MOST)
}

type Value = { readonly text: string; readonly detail: string }

function valuesFor(field: string, written: string, facets: Facets | null): readonly Value[] {
  const known = new Map(knownValues(field, facets).map((value) => [bare(value.text), value]))
  const near = nearValues(bare(lastValue(written)), [...known.keys()])
  return near.flatMap((text) => known.get(text) ?? []).slice(0, MOST)
}

/** Without the quotes around it, the second of which may be still to come. */
const bare = (written: string): string => written.replace(/^"|(?<!\\)"$/g, '')

function knownValues(field: string, facets: Facets | null): readonly Value[] {
  const kind = ASKED.get(field)
  const counted = FACET_OF.get(field)
  const found = counted === undefined ? [] : (facets?.[counted] ?? [])
  const info = isKnownField(field) ? FIELDS[field] : undefined
  if (found.length > 0 && isKnownField(field)) {
    const values = found.map(({ value, count }) => ({ value, detail: countOf(count, 'run') }))
    const written = values.map(({ value, detail }) => ({
      text: formatValue({ field, op: 'is', value }),
      detail,
    }))
    return [...written, ...calledOf(info, values)]
  }
  if (info?.kind === 'text') {
    const values = (info.values ?? []).map((value) => ({ value, detail: '' }))
    return [...values.map(({ value, detail }) => ({ text: value, detail })), ...calledOf(info, values)]
  }
  return (kind ?? (info?.kind === 'number' ? EXAMPLES[info.unit] : [])).map(([text, detail]) => ({
    text,
    detail,
  }))
}

/** Values by what pages call them, where that is not how they are written. */
function calledOf(
  info: FieldInfo | undefined,
  values: readonly { readonly value: string; readonly detail: string }[],
): readonly Value[] {
  if (info?.kind !== 'text') return []
  const called = values.map(({ value, detail }) => ({ value, detail, word: wordOf(info, value) }))
  return called
    .filter(({ value, word }) => word !== value)
    .map(({ word, detail }) => ({ text: /\s/.test(word) ? `"${word}"` : word, detail }))
}

/** What of a list is being written. */
const lastValue = (written: string): string => /(?:"[^"]*"?|[^,"])*$/.exec(written)?.[0] ?? ''

function put(text: string, word: Word, head: string, written: string, value: Value): Completion {
  const before = written.slice(0, written.length - lastValue(written).length)
  return place(
    text,
    word,
    { kind: 'value', label: value.text, detail: value.detail },
    `${head}${before}${value.text} `,
  )
}

function place(
  text: string,
  word: Word,
  what: Pick<Completion, 'kind' | 'label' | 'detail'>,
  written: string,
): Completion {
  const after = text.slice(word.end).replace(/^\s/, written.endsWith(' ') ? '' : ' ')
  return {
    ...what,
    text: `${text.slice(0, word.start)}${written}${after}`,
    caret: word.start + written.length,
  }
}

function wholes(written: string, { recent, presets }: CompletionSources): readonly Completion[] {
  const has = (text: string): boolean => fold(text).includes(fold(written))
  const named = presets
    .filter(({ name }) => has(name))
    .map(({ name, filter }): Completion => whole('preset', name, formatQuery(filter)))
  const asked = recent
    .filter((text) => has(text) && text !== written)
    .map((text) => whole('recent', text, text))
  return [...named.slice(0, MOST_WHOLE), ...asked.slice(0, MOST_WHOLE)]
}

const whole = (kind: 'preset' | 'recent', label: string, text: string): Completion => ({
  kind,
  label,
  detail: kind === 'preset' ? text : 'searched before',
  text,
  caret: text.length,
})

const fieldsFor = (written: string): readonly (readonly [string, string])[] =>
  DOCS.filter(([name]) => name.startsWith(written.toLowerCase()))

const isKnownField = (name: string): name is SceneField | RunField => Object.hasOwn(FIELDS, name)

/** Those people look for first. */
const FIRST = ['status', 'gpu', 'tag', 'story', 'after', 'duration', 'error', 'reason', 'scene']
const DOCS: readonly (readonly [string, string])[] = [
  ...Object.entries(FIELDS).flatMap(([name, { doc }]) => (name === 'text' ? [] : [[name, doc] as const])),
  ['after', 'begun at or after a day, such as 2026-11-01 or -7d'] as const,
  ['before', 'begun before a day'] as const,
].sort(([a], [b]) => rank(a) - rank(b))

function rank(name: string): number {
  const index = FIRST.indexOf(name)
  return index === -1 ? FIRST.length : index
}

const FACET_OF: ReadonlyMap<string, Exclude<keyof Facets, 'duration'>> = new Map([
  ['status', 'status'],
  ['reason', 'exitReason'],
  ['gpu', 'gpuModel'],
  ['tag', 'tag'],
  ['source', 'source'],
  ['story', 'storyId'],
  ['workflow', 'workflow'],
])

type Examples = readonly (readonly [string, string])[]
const DAYS: Examples = [
  ['-1d', 'a day ago'],
  ['-7d', 'a week ago'],
  ['-30d', '30 days ago'],
]
const ASKED: ReadonlyMap<string, Examples> = new Map([
  ['after', DAYS],
  ['before', DAYS],
])
const EXAMPLES: Readonly<Record<'time' | 'size' | 'share' | 'percent' | 'count', Examples>> = {
  time: [
    ['>90s', 'longer than a minute and a half'],
    ['<5m', 'shorter than 5 minutes'],
    ['1m..5m', 'between the two'],
  ],
  size: [
    ['<8GB', 'less than 8 GB'],
    ['>16GB', 'more than 16 GB'],
  ],
  share: [['>50%', 'more than half']],
  percent: [
    ['<100%', 'not all succeeded'],
    ['<80%', 'fewer than 4 of 5'],
  ],
  count: [
    ['2..', '2 or more'],
    ['1..3', 'between the two'],
  ],
}
