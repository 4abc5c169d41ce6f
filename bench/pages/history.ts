// Rows H3, H4, H5, H8, H9 and F1 to F4: a large history on the page's own thread. The driver calls `seed`, then what it measures.
import { openDB } from 'idb'
import { createColumnStore } from '../../services/history/createColumnStore'
import type { Maintenance } from '../../services/history/maintenance'
import { createRunQueries } from '../../services/history/createRunQueries'
import { openIdbStorage } from '../../services/history/idbStorage'
import { openRunHistory } from '../../services/runHistoryService'
import { generateRuns } from '../../services/seed/generateRuns'
import { createStore } from '../../services/shared/createStore'
import type { Metric } from '../../types'
import { facetChange, filterChange, regexSearch, textSearch, type FilterChange } from './history/filters'
import { allStatistics, sortedQuery } from './history/questions'
import type { Pair } from './history/pair'
import { importMany, saveOne } from './history/saves'

export interface HistoryBench {
  /** Fills the history up to so many runs, if they are not there; answers how many it has. */
  seed(count: number): Promise<number>
  /** Each turn asks something that was not asked before. */
  measure(what: PairName, turn: number): Promise<Pair>
  trend(metric: Metric): Promise<number>
}
export type PairName = 'query' | 'statistics' | 'import' | 'save' | 'text' | 'regex' | 'facets' | FilterChange

const DB = 'bench-history'
const history = await openRunHistory({ dbName: DB })
/** For the references: the same database, and the same typed arrays. */
const db = await openDB(DB)
const storage = await openIdbStorage(indexedDB, DB)
const columns = createColumnStore(storage, createStore<Maintenance | null>(null))

let held = await columns.read()
/** The queries themselves, without the turn to the database that tells whether another tab wrote. */
const createQueries = () =>
  createRunQueries(
    storage,
    { ...columns, isRead: () => true, read: async () => held },
    history.getRuns,
    Date.now,
  )
const compute = createQueries()

const bench: HistoryBench = {
  async seed(count) {
    if ((await history.storage()).runs < count)
      await history.saveRuns(generateRuns(count, 1), { onConflict: 'replace' })
    return (await history.storage()).runs
  },
  async measure(what, turn) {
    if (what === 'save') return saveOne(history, db, turn)
    if (what === 'import') return importMany(history, db)
    held = await columns.read()
    if (what === 'query') return sortedQuery(history, held, turn)
    if (what === 'statistics') return allStatistics(createQueries(), held)
    if (what === 'text') return textSearch(compute, held, turn)
    if (what === 'regex') return regexSearch(compute, held, turn)
    if (what === 'facets') return facetChange(compute, held, turn)
    return filterChange(compute, held, what, turn)
  },
  async trend(metric) {
    held = await columns.read()
    const queries = createQueries()
    const from = performance.now()
    await queries.trend(metric)
    return performance.now() - from
  },
}
Object.assign(globalThis, { bench })
