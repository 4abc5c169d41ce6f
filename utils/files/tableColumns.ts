import type { Estimate, RunSummary } from '../../types'
import { describeEstimate } from '../comparison/describeEstimate'
import type { ColumnId } from '../history/runColumns'
import { runTitle, sceneCounts } from '../history/runWords'

/** A row of the table of runs, with what the table asks for besides. */
export interface TableRow {
  readonly run: RunSummary
  /** Against the runs like it; undefined: there is none. */
  readonly estimate: Estimate | undefined
  /** What its server is called. */
  readonly server: string | undefined
}
/** A column of the file. */
export interface TableColumn {
  readonly name: string
  readonly value: (row: TableRow) => string | number | undefined
}

const GIGABYTE = 2 ** 30

/** What each column of the table is in a file: its title with the unit, figures bare and unrounded, times in UTC; unknown is empty. */
const OF_COLUMN: Readonly<Record<ColumnId, readonly TableColumn[]>> = {
  when: [{ name: 'When (UTC)', value: ({ run }) => new Date(run.timestamp).toISOString() }],
  story: [{ name: 'Story', value: ({ run }) => runTitle(run) }],
  storyId: [{ name: 'Story id', value: ({ run }) => run.storyId }],
  server: [{ name: 'Server', value: ({ server }) => server }],
  status: [{ name: 'Status', value: ({ run }) => run.status }],
  scenes: [
    { name: 'Scenes completed', value: ({ run }) => sceneCounts(run).done },
    { name: 'Scenes', value: ({ run }) => sceneCounts(run).of },
  ],
  average: [{ name: 'Avg scene, s', value: ({ run }) => divided(run.averageDuration, 1_000) }],
  verdict: [
    { name: 'vs like runs', value: ({ estimate }) => describeEstimate(estimate, 'duration').word },
    { name: 'vs like runs, ratio', value: ({ estimate }) => estimate?.value },
    { name: 'ratio, low', value: ({ estimate }) => estimate?.low },
    { name: 'ratio, high', value: ({ estimate }) => estimate?.high },
    { name: 'like runs', value: ({ estimate }) => estimate?.n ?? 0 },
  ],
  success: [{ name: 'Success, %', value: ({ run }) => divided(run.successRate, 0.01) }],
  vram: [{ name: 'Free VRAM, GB', value: ({ run }) => divided(run.gpuAverageFree, GIGABYTE) }],
  fallbacks: [{ name: 'Fallbacks', value: ({ run }) => run.fallbackCount }],
  gpu: [{ name: 'GPU', value: ({ run }) => run.gpuNames.join(', ') }],
  tags: [{ name: 'Tags', value: ({ run }) => run.tags?.join(', ') }],
}

/** The file's columns for those of the table, in its order. */
export const tableColumns = (columns: readonly ColumnId[]): readonly TableColumn[] =>
  columns.flatMap((id) => OF_COLUMN[id])

const divided = (value: number | undefined, by: number): number | undefined =>
  value === undefined ? undefined : value / by
