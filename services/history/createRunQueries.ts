import type {
  Facets,
  FilterExpression,
  HistoricalRun,
  HistoryStatistics,
  Metric,
  RunHistory,
  RunPage,
  RunQuery,
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
import { patternsOf } from '../filter/patternsOf'
import { nextTask } from '../shared/nextTask'
import type { ColumnStore } from './createColumnStore'
import { createKeptAnswers } from './createKeptAnswers'
import { isFirstPage, readFirstPage } from './firstPage'
import { HistoryError } from './historyError'
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
  /** Names the filter and the moment. */
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

  const momentOf = createMoment(now)

  /** A page that opens asks for its rows and much else at once: the rows are answered first. */
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
    const moment = momentOf(chunks)
    const termMask = createTermMask(moment, regex, masks)
    const key = JSON.stringify([filter, moment, asOf])
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
      const arrived = arrivedOf(chunks)
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
      const moment = momentOf(await readColumns())
      return (await readRuns(runIds)).map((run) => hitsOf(run, filter, moment, engine))
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
const MINUTE_MS = 60_000

/** What relative dates are relative to: one moment for every answer about the same columns, so that they agree; a minute old at most. */
function createMoment(now: () => number): (chunks: readonly ColumnChunk[]) => number {
  let of: readonly ColumnChunk[] | undefined
  let moment = 0
  return (chunks) => {
    if (chunks !== of || Math.abs(now() - moment) >= MINUTE_MS) moment = now()
    of = chunks
    return moment
  }
}

/** The engine for the filter's patterns, if it has any. Rejects with a HistoryError (`invalid`) when one doesn't compile. */
async function engineFor(expression: FilterExpression): Promise<RegexEngine | undefined> {
  const patterns = patternsOf(expression)
  if (patterns.length === 0) return undefined
  const engine = await loadRegexEngine()
  for (const pattern of patterns) {
    const compiled = engine.compile(pattern)
    if (!compiled.ok) throw new HistoryError('invalid', compiled.error)
  }
  return engine
}

function pageOf<T>(runs: OrderedRuns, query: RunQuery, read: (ref: RunRef) => T): readonly T[] {
  const from = wholeOr(query.offset, 0)
  const to = Math.min(runs.length, from + wholeOr(query.limit, runs.length))
  const page: T[] = []
  for (let index = from; index < to; index++) {
    const ref = runs.at(index)
    if (ref) page.push(read(ref))
  }
  return page
}

/** A number of rows; `otherwise` where it is none. */
const wholeOr = (count: number | undefined, otherwise: number): number =>
  count === undefined || Number.isNaN(count) ? otherwise : Math.max(0, Math.floor(count))
