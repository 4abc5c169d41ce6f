import { loadPart } from '../../services/shared/loadPart'
import type { RunHistory, RunQuery } from '../../types'
import type { ColumnId } from '../history/runColumns'
import type { LongTaskTools } from './createLongTask'
import { tableColumns, type TableRow } from './tableColumns'

/** The table of runs as it is shown. */
export interface WrittenTable {
  /** With `asOf`: without the runs that wait to be let in. */
  readonly query: Pick<RunQuery, 'filter' | 'sort' | 'asOf'>
  readonly columns: readonly ColumnId[]
  /** Names of the servers by source; null where there is one server only. */
  readonly labels: ReadonlyMap<string, string> | null
}

/** Rows that are read at once. */
const PAGE = 500

/** All rows of a table as CSV: every run that matches, in its order, the chosen columns. Rejects with the signal's reason. */
export async function writeTable(
  history: Pick<RunHistory, 'queryRuns' | 'verdicts'>,
  table: WrittenTable,
  tools: LongTaskTools,
): Promise<{ readonly blob: Blob; readonly fileName: string }> {
  const { tableCsv } = await loadPart(() => import('../../services/export/tableCsv'))
  const blob = await tableCsv(readRows(history, table, tools), tableColumns(table.columns))
  return { blob, fileName: `gemdirect1-telemetry-runs-${new Date().toISOString().slice(0, 10)}.csv` }
}

async function* readRows(
  history: Pick<RunHistory, 'queryRuns' | 'verdicts'>,
  { query, columns, labels }: WrittenTable,
  { onProgress, signal }: LongTaskTools,
): AsyncGenerator<TableRow> {
  let asOf = query.asOf
  let total = Infinity
  for (let offset = 0; offset < total; offset += PAGE) {
    const held = asOf === undefined ? query : { ...query, asOf }
    const page = await history.queryRuns({ ...held, offset, limit: PAGE, signal })
    asOf = page.asOf
    total = page.total
    const runIds = page.runs.map(({ runId }) => runId)
    const verdicts = columns.includes('verdict') ? await history.verdicts(runIds) : undefined
    signal.throwIfAborted()
    for (const run of page.runs)
      yield { run, estimate: verdicts?.get(run.runId), server: labels?.get(run.source ?? '') }
    onProgress(Math.min(1, (offset + PAGE) / Math.max(1, total)))
  }
}
