import type { ColumnChunk } from '../../../services/columns/columnChunk'
import type { RunQueries } from '../../../services/history/createRunQueries'
import type { HistoryStatistics, RunHistory } from '../../../types'
import { plainSelect } from '../../reference/plainSelect'
import { plainSort } from '../../reference/plainSort'
import { plainStatistics } from '../../reference/plainStatistics'
import { GPUS } from './gpus'
import { pairOf, type Pair } from './pair'

const PAGE = 50
const STATUS = 'success'

/** Row H3: three criteria, sorted by mean duration, a page of 50. */
export function sortedQuery(
  history: RunHistory,
  chunks: readonly ColumnChunk[],
  turn: number,
): Promise<Pair> {
  const gpu = GPUS[turn % GPUS.length] ?? ''
  const minDuration = 70_000 + 100 * turn
  return pairOf(
    async () => {
      const { runs, total } = await history.queryRuns({
        filter: { status: [STATUS], gpuModel: [gpu], duration: { min: minDuration } },
        sort: { by: 'averageDuration', direction: 'desc' },
        limit: PAGE,
      })
      return { ids: runs.map(({ runId }) => runId), total }
    },
    () => {
      const matches = plainSelect(chunks, { status: STATUS, gpu, minDuration })
      return { ids: plainSort(chunks, matches, PAGE), total: matches.rows.length }
    },
    JSON.stringify,
  )
}

/** Row H4: the figures of all runs, asked of queries that were asked nothing yet: answers are kept. */
export function allStatistics(queries: RunQueries, chunks: readonly ColumnChunk[]): Promise<Pair> {
  return pairOf<HistoryStatistics | ReturnType<typeof plainStatistics>>(
    () => queries.statistics(),
    () => plainStatistics(chunks),
    (told) =>
      ('byMetric' in told ? METRICS.map((metric) => told.byMetric[metric]) : told)
        .map((summary) => `${summary.n} ${summary.p50} ${summary.avg?.toPrecision(7)}`)
        .join(),
  )
}

const METRICS = ['duration', 'successRate', 'gpuVramFree', 'gpuUtilization', 'attempts', 'queueWait'] as const
