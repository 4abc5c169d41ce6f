import type { ReactElement } from 'react'
import { compareHref, readCompareView, type CompareView } from '../../utils/comparison/compareView'
import { environmentRows } from '../../utils/comparison/environmentRows'
import { letterOf } from '../../utils/comparison/letterOf'
import { orderRuns } from '../../utils/comparison/orderRuns'
import { count, whole } from '../../utils/format/formatCount'
import { replaceRoute, useComparedRuns, useServerLabels, type ComparedRuns } from '../../utils/hooks'
import { runTitle } from '../../utils/format/runTitle'
import type { HistoricalRun } from '../../types'
import { CompareFindings } from './CompareFindings'
import { CompareControls } from './CompareControls'
import { CompareEmpty } from './CompareEmpty'
import { CompareTraces } from './CompareTraces'
import { EnvironmentTable, type EnvironmentColumn } from './EnvironmentTable'
import { MetricComparison } from './MetricComparison'
import { OneRunChanges } from './OneRunChanges'
import './ComparePage.css'

/** Runs side by side: figures with what may be said of them, what they ran with, their GPU aligned at the start. */
export function ComparePage({ query }: { readonly query: URLSearchParams }): ReactElement {
  const { leftOut, ...view } = readCompareView(query)
  const { value, loading, error } = useComparedRuns(view)
  return (
    <div className="tele-compare">
      <h1>Compare</h1>
      {error !== null && <p role="alert">{error}</p>}
      {leftOut > 0 && (
        <p role="status">
          {whole(view.runs.length)} of the {count(view.runs.length + leftOut, 'run')} of this link are shown:
          no more fit side by side.
        </p>
      )}
      {view.runs.length === 0 ? (
        <CompareEmpty />
      ) : value ? (
        <Compared view={view} value={value} />
      ) : (
        loading && <p className="tele-muted tele-compare-place">Reading {count(view.runs.length, 'run')}…</p>
      )}
    </div>
  )
}

function Compared({
  view,
  value,
}: {
  readonly view: CompareView
  readonly value: ComparedRuns
}): ReactElement {
  const servers = useServerLabels() ?? NO_NAMES
  const runs = orderRuns(value.runs, view.base, view.order, value.comparisons)
  const onView = (change: Partial<CompareView>): void => replaceRoute(compareHref({ ...view, ...change }))
  // Steps of their own: Back takes them back.
  const step = (change: Partial<CompareView>): void => {
    location.hash = compareHref({ ...view, ...change })
  }
  const onBase = (base: string): void => step({ base })
  const remove = (runId: string): void => {
    const left = view.runs.filter((each) => each !== runId)
    step({ runs: left, base: view.base === runId ? (left[0] ?? 'auto') : view.base })
  }
  const [only] = runs
  return (
    <>
      {value.missing.length > 0 && (
        <p role="status">
          {count(value.missing.length, 'run')} of this link {value.missing.length === 1 ? 'is' : 'are'} not in
          this history.
        </p>
      )}
      {runs.length === 0 ? (
        <CompareEmpty />
      ) : (
        <>
          <CompareControls view={view} count={runs.length} onView={onView} onBase={onBase} />
          <CompareFindings runs={runs} base={view.base} comparisons={value.comparisons} />
          <MetricComparison
            runs={runs}
            base={view.base}
            comparisons={value.comparisons}
            onBase={onBase}
            onRemove={remove}
          />
          {runs.length === 1 && only ? (
            <OneRunChanges comparison={value.comparisons.get(only.runId)} />
          ) : (
            <EnvironmentTable
              columns={columnsOf(runs, view.base)}
              rows={environmentRows(runs, servers)}
              onlyDifferences={view.onlyDifferences}
            />
          )}
          <CompareTraces runs={runs} base={view.base} />
        </>
      )}
    </>
  )
}

/** Until they are known. */
const NO_NAMES: ReadonlyMap<string, string> = new Map()

const columnsOf = (runs: readonly HistoricalRun[], base: string): readonly EnvironmentColumn[] =>
  runs.map((run, i) => ({
    id: run.runId,
    title: `${letterOf(i)} ${runTitle(run)}${run.runId === base ? ' (base)' : ''}`,
    letter: letterOf(i),
  }))
