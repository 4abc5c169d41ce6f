import type {
  Facets,
  FilterExpression,
  HistoricalRun,
  HistoryStatistics,
  Metric,
  RunHistory,
  RunPage,
  RunQuery,
  RunSummary,
  TelemetryChart,
  TelemetryFilter,
  Trend,
} from '../../types'
import { chartOf } from '../columns/chartOf'
import { createMaskCache } from '../columns/createMaskCache'
import { createTermMask } from '../columns/createTermMask'
import { facetsOf } from '../columns/facetsOf'
import { groupRuns } from '../columns/groupRuns'
import type { ColumnChunk } from '../columns/columnChunk'
import type { TermMask } from '../columns/matchChunk'
import { ofKind } from '../columns/ofKind'
import { orderRuns } from '../columns/orderRuns'
import { rankRuns } from '../columns/rankRuns'
import { summaryAt } from '../columns/readRow'
import { allRuns, arrivedOf, selectRuns, splitArrived } from '../columns/selectRuns'
import type { OrderedRuns, RunRef, Selection } from '../columns/selection'
import { statisticsOf } from '../columns/statisticsOf'
import { tagsOf } from '../columns/tagsOf'
import { trendOfRuns } from '../columns/trendOfRuns'
import { freeWords } from '../filter/askedTerms'
import { expressionOf } from '../filter/expressionOf'
import { loadRegexEngine } from '../filter/loadRegexEngine'
import type { RegexEngine } from '../filter/regexEngine'
import { hitsOf } from '../filter/hitsOf'
import { usesRegex } from '../filter/usesRegex'
import { nextTask } from '../shared/nextTask'
import type { ColumnStore } from './createColumnStore'
import { createKeptAnswers } from './createKeptAnswers'
import { summaryRow } from './runRecords'
import type { Storage } from './storage'

/** The part of the history that is answered from the columns. */
export type RunQueries = Pick<
  RunHistory,
  'queryRuns' | 'runIds' | 'statistics' | 'trend' | 'groups' | 'facets' | 'matches' | 'tags' | 'chart'
>

/** A filter over the columns as they are now. */
interface Look {
  readonly chunks: readonly ColumnChunk[]
  readonly expression: FilterExpression
  readonly termMask: TermMask
  readonly regex: RegexEngine | undefined
  /** Names the filter and, for relative dates, the minute. */
  readonly key: string
  select(): Selection
}

/** The questions that lists, charts and panels ask; all are answered from the columns. */
export function createRunQueries(
  storage: Storage,
  columns: ColumnStore,
  readRuns: (runIds: readonly string[]) => Promise<readonly HistoricalRun[]>,
  now: () => number,
): RunQueries {
  const masks = createMaskCache()
  /** A list that is scrolled is sorted once. */
  const orders = createKeptAnswers<Ordered>(KEPT)
  const figures = createKeptAnswers<HistoryStatistics>(KEPT)
  const trends = createKeptAnswers<Trend>(KEPT)
  const charts = createKeptAnswers<TelemetryChart>(KEPT)
  const counts = createKeptAnswers<Facets>(KEPT)
  let firstPage: Promise<RunPage | undefined> | undefined

  const engineFor = async (expression: FilterExpression): Promise<RegexEngine | undefined> =>
    usesRegex(expression) ? loadRegexEngine() : undefined

  /** A page that opens asks for its first rows and for much besides, in any order: the rows go first. */
  const readColumns = async (): Promise<readonly ColumnChunk[]> => {
    if (!columns.isRead()) {
      await nextTask()
      await firstPage?.catch(() => undefined)
    }
    return columns.read()
  }

  const look = async (filter: TelemetryFilter = {}, { signal, asOf }: HowToLook = {}): Promise<Look> => {
    signal?.throwIfAborted()
    const expression = expressionOf(filter)
    const regex = await engineFor(expression)
    const chunks = await readColumns()
    signal?.throwIfAborted()
    const termMask = createTermMask(now(), regex, masks)
    const key = JSON.stringify([filter, Math.floor(now() / MINUTE_MS), asOf])
    const select = (): Selection => {
      const all = selectRuns(chunks, expression, termMask)
      return asOf === undefined ? all : splitArrived(all, asOf).there
    }
    return { chunks, expression, termMask, regex, key, select }
  }

  const order = async ({ filter, sort, asOf, signal }: RunQuery): Promise<Ordered> => {
    const at = await look(filter, { signal })
    const { chunks, key, select } = at
    return orders(chunks, `${key}${JSON.stringify([sort, asOf])}`, () => {
      const arrived = arrivedOf(chunks.map(({ runIds }) => ({ runs: runIds.length })))
      const { there, waiting } = splitArrived(select(), asOf ?? arrived)
      return { runs: inOrder(there, sort, at), waiting, asOf: asOf ?? arrived }
    })
  }

  const trendOf = (metric: Metric, { chunks, key, select }: Look): Trend =>
    trends(chunks, metric + key, () => trendOfRuns(select(), metric))

  return {
    async queryRuns(query = {}) {
      if (isFirstPage(query) && !columns.isRead()) {
        const reading = readFirstPage(storage, columns, query)
        firstPage = reading
        const first = await reading
        if (first) return first
      }
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
    async statistics(filter, asOf) {
      const { chunks, key, select } = await look(filter, { asOf })
      return figures(chunks, key, () => statisticsOf(select()))
    },
    trend: async (metric, filter, asOf) => trendOf(metric, await look(filter, { asOf })),
    groups: async (by, filter) => groupRuns((await look(filter)).select(), by),
    async facets(filter, signal) {
      const { chunks, key, expression, termMask } = await look(filter, { signal })
      return counts(chunks, key, () => facetsOf(chunks, expression, termMask))
    },
    async matches(runIds, filter) {
      const engine = await engineFor(expressionOf(filter))
      return (await readRuns(runIds)).map((run) => hitsOf(run, filter, now(), engine))
    },
    tags: async () => tagsOf(allRuns(await readColumns())),
    async chart(request) {
      const at = await look(request.filter, request)
      const chart = charts(at.chunks, at.key + JSON.stringify(request), () =>
        chartOf(request, at.select(), () => trendOf('duration', at)),
      )
      return ofKind(chart, request.kind)
    },
  }
}

interface HowToLook {
  readonly signal?: AbortSignal | undefined
  /** Without the runs that came since. */
  readonly asOf?: number | undefined
}

function inOrder(selection: Selection, sort: RunQuery['sort'], at: Look): OrderedRuns {
  if (!sort) return orderRuns(selection)
  const { by, direction } = sort
  return by === 'relevance'
    ? rankRuns(selection, freeWords(at.expression), at, direction)
    : orderRuns(selection, { by, direction })
}

interface Ordered {
  readonly runs: OrderedRuns
  readonly waiting: number
  readonly asOf: number
}
/** Of each question: what the parts of a page ask at once, and what was shown before. */
const KEPT = 8
/** Relative dates of a list that is scrolled are this old at most. */
const MINUTE_MS = 60_000

function pageOf<T>(
  runs: OrderedRuns,
  { offset = 0, limit = runs.length }: RunQuery,
  read: (ref: RunRef) => T,
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
    const [standing, newest] = await Promise.all([columns.standing(tx), tx.getNewest('runs', limit + 1)])
    if (standing === undefined || newest.some(({ deletion }) => deletion)) return undefined
    const runs: readonly RunSummary[] = newest.slice(0, limit).map(summaryRow)
    return { runs, total: standing.visible, asOf: standing.arrived, waiting: 0 }
  })
}
