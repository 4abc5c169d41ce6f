import type {
  FilterExpression,
  HistoricalRun,
  RunHistory,
  RunPage,
  RunQuery,
  RunSummary,
  TelemetryFilter,
} from '../../types'
import { chartOf } from '../columns/chartOf'
import { createMaskCache } from '../columns/createMaskCache'
import { createTermMask } from '../columns/createTermMask'
import { facetsOf } from '../columns/facetsOf'
import { groupRuns } from '../columns/groupRuns'
import type { ColumnChunk } from '../columns/columnChunk'
import type { TermMask } from '../columns/matchChunk'
import { ofKind } from '../columns/ofKind'
import { orderRuns, type OrderedRuns } from '../columns/orderRuns'
import { summaryAt } from '../columns/readRow'
import { allRuns, arrivedOf, selectRuns, splitArrived } from '../columns/selectRuns'
import type { Selection } from '../columns/selection'
import { statisticsOf } from '../columns/statisticsOf'
import { tagsOf } from '../columns/tagsOf'
import { trendOfRuns } from '../columns/trendOfRuns'
import { expressionOf } from '../filter/expressionOf'
import { loadRegexEngine } from '../filter/loadRegexEngine'
import type { RegexEngine } from '../filter/regexEngine'
import { hitsOf } from '../filter/hitsOf'
import { usesRegex } from '../filter/usesRegex'
import type { ColumnStore } from './createColumnStore'
import { summaryRow } from './runRecords'
import type { Storage } from './storage'

export type RunQueries = Pick<
  RunHistory,
  'queryRuns' | 'runIds' | 'statistics' | 'trend' | 'groups' | 'facets' | 'matches' | 'tags' | 'chart'
>

/** A filter over the columns as they are now. */
interface Selected {
  readonly chunks: readonly ColumnChunk[]
  readonly expression: FilterExpression
  readonly termMask: TermMask
  readonly selection: Selection
}

/** The questions that lists, charts and panels ask; all are answered from the columns. */
export function createRunQueries(
  storage: Storage,
  columns: ColumnStore,
  readRuns: (runIds: readonly string[]) => Promise<readonly HistoricalRun[]>,
  now: () => number,
): RunQueries {
  const masks = createMaskCache()
  const engineFor = async (expression: FilterExpression): Promise<RegexEngine | undefined> =>
    usesRegex(expression) ? loadRegexEngine() : undefined
  /** Orders of the columns as they were last read: a list that is scrolled is sorted once. */
  let orders = { of: NO_CHUNKS, byQuery: new Map<string, Ordered>() }

  const select = async (filter: TelemetryFilter | undefined, signal?: AbortSignal): Promise<Selected> => {
    signal?.throwIfAborted()
    const expression = expressionOf(filter ?? {})
    const regex = await engineFor(expression)
    const chunks = await columns.read()
    signal?.throwIfAborted()
    const termMask = createTermMask(now(), regex, masks)
    return { chunks, expression, termMask, selection: selectRuns(chunks, expression, termMask) }
  }

  const order = async ({ filter, sort, asOf, signal }: RunQuery): Promise<Ordered> => {
    const { chunks, selection } = await select(filter, signal)
    if (orders.of !== chunks) orders = { of: chunks, byQuery: new Map() }
    const key = JSON.stringify([filter, sort, asOf, Math.floor(now() / MINUTE_MS)])
    const known = orders.byQuery.get(key)
    if (known) return known
    const arrived = arrivedOf(chunks.map(({ runIds }) => ({ runs: runIds.length })))
    const { there, waiting } = splitArrived(selection, asOf ?? arrived)
    const ordered = { runs: orderRuns(there, sort), waiting, asOf: asOf ?? arrived }
    const [oldest] = orders.byQuery.keys()
    if (orders.byQuery.size >= KEPT_ORDERS && oldest !== undefined) orders.byQuery.delete(oldest)
    orders.byQuery.set(key, ordered)
    return ordered
  }

  return {
    async queryRuns(query = {}) {
      const first =
        isFirstPage(query) && !columns.isRead() ? await readFirstPage(storage, columns, query) : undefined
      if (first) return first
      const { runs, waiting, asOf } = await order(query)
      return {
        runs: pageOf(runs, query, ({ chunk, row }) => summaryAt(chunk, row)),
        total: runs.length,
        asOf,
        waiting,
      }
    },
    async runIds(query = {}) {
      const { runs } = await order(query)
      return pageOf(runs, query, ({ chunk, row }) => chunk.runIds[row] ?? '')
    },
    statistics: async (filter) => statisticsOf((await select(filter)).selection),
    trend: async (metric, filter) => trendOfRuns((await select(filter)).selection, metric),
    groups: async (by, filter) => groupRuns((await select(filter)).selection, by),
    async facets(filter, signal) {
      const { chunks, expression, termMask } = await select(filter, signal)
      return facetsOf(chunks, expression, termMask)
    },
    async matches(runIds, filter) {
      const engine = await engineFor(expressionOf(filter))
      return (await readRuns(runIds)).map((run) => hitsOf(run, filter, now(), engine))
    },
    tags: async () => tagsOf(allRuns(await columns.read())),
    async chart(request) {
      const { selection } = await select(request.filter)
      const chart = chartOf(request, selection, (of) => trendOfRuns(of, 'duration'))
      return ofKind(chart, request.kind)
    },
  }
}

interface Ordered {
  readonly runs: OrderedRuns
  readonly waiting: number
  readonly asOf: number
}
const NO_CHUNKS: readonly ColumnChunk[] = []
const KEPT_ORDERS = 8
/** Relative dates of a list that is scrolled are this old at most. */
const MINUTE_MS = 60_000

function pageOf<T>(
  runs: OrderedRuns,
  { offset = 0, limit = runs.length }: RunQuery,
  read: (ref: NonNullable<ReturnType<OrderedRuns['at']>>) => T,
): readonly T[] {
  const to = Math.min(runs.length, offset + limit)
  const page: T[] = []
  for (let index = offset; index < to; index++) {
    const ref = runs.at(index)
    if (ref) page.push(read(ref))
  }
  return page
}

/** So many rows are read from the records sooner than from the columns. */
const FIRST_ROWS = 200

const isFirstPage = ({ filter, sort, offset = 0, limit, asOf }: RunQuery): boolean =>
  offset === 0 &&
  limit !== undefined &&
  limit <= FIRST_ROWS &&
  asOf === undefined &&
  (!sort || (sort.by === 'timestamp' && sort.direction === 'desc')) &&
  Object.keys(filter ?? {}).length === 0

/** The newest runs before the columns are there; undefined where deleted ones are in the way. */
async function readFirstPage(
  storage: Storage,
  columns: ColumnStore,
  { limit = FIRST_ROWS }: RunQuery,
): Promise<RunPage | undefined> {
  return storage.read(['runs', 'meta'], async (tx) => {
    const standing = await columns.standing(tx)
    const newest = await tx.getNewest('runs', limit + 1)
    if (standing === undefined || newest.some(({ deletion }) => deletion)) return undefined
    const runs: readonly RunSummary[] = newest.slice(0, limit).map(summaryRow)
    return { runs, total: standing.visible, asOf: standing.arrived, waiting: 0 }
  })
}
