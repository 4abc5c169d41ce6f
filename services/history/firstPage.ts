import type { RunPage, RunQuery } from '../../types'
import type { ColumnStore } from './createColumnStore'
import { summaryRow } from './runRecords'
import type { Storage } from './storage'

/** Up to so many rows are read faster from the records than from the columns. */
const FIRST_ROWS = 200

/** Whether a query asks for nothing but the newest runs, and few of them. */
export const isFirstPage = ({ filter, sort, offset = 0, limit = Infinity, asOf }: RunQuery): boolean =>
  offset === 0 &&
  Number.isInteger(limit) &&
  limit >= 1 &&
  limit <= FIRST_ROWS &&
  asOf === undefined &&
  (!sort || (sort.by === 'timestamp' && sort.direction === 'desc')) &&
  Object.keys(filter ?? {}).length === 0

/**
 * The newest runs before the columns are there, just as these would tell them. Undefined where only they can: deleted runs are in the
 * way, or more runs of one time than the page has room for.
 */
export async function readFirstPage(
  storage: Storage,
  columns: ColumnStore,
  { limit = FIRST_ROWS, signal }: RunQuery,
): Promise<RunPage | undefined> {
  signal?.throwIfAborted()
  const page = await storage.read(['runs', 'meta'], async (tx) => {
    const [standing, newest] = await Promise.all([columns.standing(tx), tx.getNewest('runs', limit + 1)])
    if (standing === undefined || newest.some(({ deletion }) => deletion)) return undefined
    const [last, next] = newest.slice(limit - 1)
    if (next && next.timestamp === last?.timestamp) return undefined
    const runs = newest.slice(0, limit).map(summaryRow).sort(newestFirst)
    return { runs, total: standing.visible, asOf: standing.arrived, waiting: 0 }
  })
  signal?.throwIfAborted()
  return page
}

const newestFirst = (
  a: { readonly timestamp: number; readonly runId: string },
  b: { readonly timestamp: number; readonly runId: string },
): number => b.timestamp - a.timestamp || (a.runId < b.runId ? -1 : 1)
