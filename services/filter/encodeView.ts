import type { HistoryView, Result, TelemetryFilter } from '../../types'
import { formatQuery } from './formatQuery'
import { readQueryParts } from './readQueryParts'

/** A filter as the parameters of an address: `q=status:failed&v=1`. Times are in UTC, so that a link finds the same runs elsewhere. */
export function encodeFilter(filter: TelemetryFilter): string {
  return encodeView({ filter })
}

/** The filter of such parameters; see `decodeView`. */
export function decodeFilter(
  text: string,
): Result<{ readonly filter: TelemetryFilter; readonly leftOut: readonly string[] }, string> {
  const decoded = decodeView(text)
  if (!decoded.ok) return decoded
  const { view, leftOut } = decoded.value
  return { ok: true, value: { filter: view.filter, leftOut } }
}

/** Filter, sort and columns as the parameters of an address: `q=status:failed&sort=-averageDuration&cols=runName,status&v=1`. */
export function encodeView({ filter, sort, columns }: HistoryView): string {
  const parameters = new URLSearchParams()
  const query = formatQuery(filter, 'utc')
  if (query !== '') parameters.set('q', query)
  if (sort) parameters.set('sort', `${sort.direction === 'desc' ? '-' : ''}${sort.by}`)
  if (columns) parameters.set('cols', columns.join(','))
  parameters.set('v', VERSION)
  return parameters.toString().replace(/%3A|%2C|%40/g, decodeURIComponent)
}

/**
 * Reads such parameters as far as they are valid; the filter is normalized. `leftOut` has a sentence for each part that was left out, and
 * one for a link of another version. Only what is too long is refused whole. Never throws.
 */
export function decodeView(
  text: string,
): Result<{ readonly view: HistoryView; readonly leftOut: readonly string[] }, string> {
  if (text.length > MAX_LENGTH)
    return { ok: false, error: `This link has ${text.length} characters: at most ${MAX_LENGTH} are read.` }
  const parameters = new URLSearchParams(text)
  const { filter, leftOut } = readQueryParts(parameters.get('q') ?? '')
  const sort = readSort(parameters.get('sort'))
  const columns = readColumns(parameters.get('cols'))
  const problems = [...leftOut, ...sort.leftOut, ...columns.leftOut, ...foreignParts(parameters)]
  const view = { filter, ...sort.part, ...columns.part }
  return { ok: true, value: { view, leftOut: bounded(problems) } }
}

interface Part<T> {
  readonly part: T
  readonly leftOut: readonly string[]
}

function readSort(text: string | null): Part<Pick<HistoryView, 'sort'>> {
  if (text === null) return { part: {}, leftOut: [] }
  const by = SORT_KEYS.find((key) => key === text.replace(/^-/, ''))
  if (by === undefined)
    return {
      part: {},
      leftOut: [`The order \`${clip(text)}\`: one of ${SORT_KEYS.join(', ')} was expected.`],
    }
  return { part: { sort: { by, direction: text.startsWith('-') ? 'desc' : 'asc' } }, leftOut: [] }
}

/** Which columns there are, the table knows: here they only must look like a column's name. */
function readColumns(text: string | null): Part<Pick<HistoryView, 'columns'>> {
  if (text === null) return { part: {}, leftOut: [] }
  const names = [...new Set(text === '' ? [] : text.split(','))]
  const columns = names.filter((name) => COLUMN.test(name)).slice(0, MAX_COLUMNS)
  const odd = names.filter((name) => !columns.includes(name))
  return {
    part: { columns },
    leftOut: odd.map((name) => `The column \`${clip(name)}\`: there is none of this name.`),
  }
}

function foreignParts(parameters: URLSearchParams): readonly string[] {
  const version = parameters.get('v')
  const names = [...new Set(parameters.keys())]
  const unknown = names.filter((name) => !KNOWN.has(name))
  const repeated = names.filter((name) => KNOWN.has(name) && parameters.getAll(name).length > 1)
  return [
    ...unknown.map((name) => `\`${clip(name)}\`: this page knows no such part.`),
    ...repeated.map((name) => `\`${name}\`: it was given more than once; the first was read.`),
    ...(version === null || version === VERSION
      ? []
      : [`This link is of version ${clip(version)}; this page reads version ${VERSION}.`]),
  ]
}

function bounded(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= MAX_SENTENCES) return sentences
  return [...sentences.slice(0, MAX_SENTENCES), `And ${sentences.length - MAX_SENTENCES} more.`]
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const VERSION = '1'
const MAX_LENGTH = 65_536
const MAX_COLUMNS = 64
const MAX_SENTENCES = 50
const COLUMN = /^\w[\w.:-]{0,63}$/
const KNOWN: ReadonlySet<string> = new Set(['q', 'sort', 'cols', 'v'])
const SORT_KEYS = [
  'timestamp',
  'runName',
  'storyId',
  'status',
  'averageDuration',
  'successRate',
  'gpuAverageFree',
  'fallbackCount',
  'scenes',
  'relevance',
] as const satisfies readonly NonNullable<HistoryView['sort']>['by'][]
