import type { CodedColumn, ColumnChunk } from '../../../services/columns/columnChunk'
import { regexEngine } from '../../../services/filter/regexEngine'
import type { RunQueries } from '../../../services/history/createRunQueries'
import type { Facets, TelemetryFilter } from '../../../types'
import { plainFacets, type PlainFacets } from '../../reference/plainFacets'
import { plainRegex, plainSearch } from '../../reference/plainSearch'
import { plainNewest, plainSelect, type PlainCriteria } from '../../reference/plainSelect'
import { GPUS } from './gpus'
import { pairOf, type Pair } from './pair'

const PAGE = 50
const TAGS = ['night-run', 'draft', 'final', 'client', 'keep']
const WORDS = ['harbour', 'bridge', 'softer', 'light', 'grain', 'close-up', 'reshoot', 'window', 'allocation']
const STATUSES = ['success', 'failed', 'timeout'] as const
const DAY_MS = 86_400_000
const LAST_AT = Date.UTC(2026, 0, 1)

type Chunks = readonly ColumnChunk[]
export type FilterChange = keyof typeof CHANGES

interface Asked {
  readonly status: (typeof STATUSES)[number]
  readonly gpu: string
  readonly minDuration: number
  readonly tag?: string
  readonly from?: number
}

/** Row F1: a filter of three criteria in which one is changed. */
const CHANGES = {
  duration: (turn: number) => ({ minDuration: 70_000 + 100 * turn }),
  date: (turn: number) => ({ from: LAST_AT - (200 + turn) * DAY_MS }),
  status: (turn: number) => ({ status: STATUSES[turn % STATUSES.length] ?? 'success' }),
  gpu: (turn: number) => ({ gpu: GPUS[turn % GPUS.length] ?? '' }),
  tag: (turn: number) => ({ tag: TAGS[turn % TAGS.length] ?? '' }),
} as const satisfies Record<string, (turn: number) => Partial<Asked>>

const USUAL: Asked = { status: 'success', gpu: GPUS[0] ?? '', minDuration: 60_000 }

export async function filterChange(
  queries: RunQueries,
  chunks: Chunks,
  change: FilterChange,
  turn: number,
): Promise<Pair> {
  // What was asked before is kept: the filter that is changed was not asked before this turn, either.
  const before = { ...USUAL, minDuration: USUAL.minDuration + turn }
  await firstPage(queries, filterOf(before))
  const asked = { ...before, ...CHANGES[change](turn + 1) }
  const criteria: PlainCriteria = asked
  return pairOf(
    () => firstPage(queries, filterOf(asked)),
    () => {
      const matches = plainSelect(chunks, criteria)
      return { ids: plainNewest(chunks, matches, PAGE), total: matches.rows.length }
    },
    JSON.stringify,
  )
}

async function firstPage(
  queries: RunQueries,
  filter: TelemetryFilter,
): Promise<{ ids: string[]; total: number }> {
  const { runs, total } = await queries.queryRuns({ filter, limit: PAGE })
  return { ids: runs.map(({ runId }) => runId), total }
}

const filterOf = ({ status, gpu, minDuration, tag, from }: Asked): TelemetryFilter => ({
  status: [status],
  gpuModel: [gpu],
  duration: { min: minDuration },
  ...(tag === undefined ? {} : { tags: [tag] }),
  ...(from === undefined ? {} : { dateRange: { from } }),
})

let lowerCased: { readonly of: Chunks; readonly texts: readonly string[] } | undefined

/** Row F2: a word in all notes, names, ids and error messages. Each turn another one, as somebody types. */
export function textSearch(queries: RunQueries, chunks: Chunks, turn: number): Promise<Pair> {
  if (lowerCased?.of !== chunks)
    lowerCased = { of: chunks, texts: chunks.flatMap(({ texts }) => texts.map((text) => text.toLowerCase())) }
  const { texts } = lowerCased
  const word = WORDS[turn % WORDS.length] ?? ''
  const typed = word.slice(0, 4 + (Math.floor(turn / WORDS.length) % (word.length - 3)))
  return pairOf(
    async () => (await queries.queryRuns({ filter: { text: typed }, limit: PAGE })).total,
    () => plainSearch(texts, typed).length,
    String,
  )
}

const PATTERNS = [
  'out of memory|exceed.*memory',
  '^No such file: .*\\d{4}',
  'expected \\d+, got',
  'LoRA .*(rain|faces)',
]

/** Row F3: a pattern in all error messages. Each turn another one. */
export async function regexSearch(queries: RunQueries, chunks: Chunks, turn: number): Promise<Pair> {
  const pattern = `(?:${PATTERNS[turn % PATTERNS.length]}|turn ${turn})`
  const messages = chunks.flatMap(({ sceneTexts }) => messagesOf(sceneTexts.error))
  return pairOf(
    async () => (await queries.queryRuns({ filter: { errorPattern: pattern }, limit: PAGE })).total > 0,
    () => {
      const compiled = regexEngine.compile(pattern)
      return compiled.ok && plainRegex(messages, compiled.value) > 0
    },
    String,
  )
}

/** Of every scene that has one. */
const messagesOf = ({ values, codes }: CodedColumn): readonly string[] =>
  Array.from(codes).flatMap((code) => values[code - 1] ?? [])

/** Row F4: all counts after the shortest duration was changed. */
export function facetChange(queries: RunQueries, chunks: Chunks, turn: number): Promise<Pair> {
  const asked = { ...USUAL, minDuration: 50_000 + 100 * turn }
  return pairOf<Facets | PlainFacets>(
    () => queries.facets(filterOf(asked)),
    () => plainFacets(chunks, asked),
    tellFacets,
  )
}

const LISTED = ['status', 'exitReason', 'gpuModel', 'source', 'storyId', 'workflow'] as const

/** What both tell in the same words: the lists of single values, and how many bars there are. */
function tellFacets(told: Facets | PlainFacets): string {
  const lists = LISTED.map((facet) => {
    const counts = told[facet]
    const entries =
      counts instanceof Map
        ? [...counts]
        : (counts as Facets['status']).map(({ value, count }) => [value, count])
    return JSON.stringify(entries.map(String).sort())
  })
  const bars = told.duration
  return [...lists, bars instanceof Map ? bars.size : (bars as Facets['duration']).length].join()
}
