import { lazy, Suspense, useMemo, useState, type ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { useTraces } from '../../utils/hooks'
import { joinTraces } from '../../utils/run/joinTraces'
import { sceneTimeline } from '../../utils/run/sceneTimeline'
import { tracedAttempts } from '../../utils/run/tracedAttempts'
import { TRACE_METRICS, type TraceMetric } from '../../utils/run/traceMetrics'
import { letterOf } from '../../utils/comparison/letterOf'
import { runTitle } from '../../utils/format/runTitle'

const TraceFigures = lazy(() => import('../run/TraceFigures'))

/** The GPU of each run one above the other, all begun at the same place and as long as the longest. */
export function CompareTraces({ runs }: { readonly runs: readonly HistoricalRun[] }): ReactElement {
  const [field, setField] = useState<TraceMetric['field']>('vramFree')
  const span = useMemo(() => Math.max(0, ...runs.map(spanOf)), [runs])
  return (
    <section className="tele-compare-traces">
      <header>
        <h2>GPU, aligned at the start</h2>
        <label>
          Show{' '}
          <select
            value={field}
            onChange={(event) =>
              setField(TRACE_METRICS.find((each) => each.field === event.target.value)?.field ?? 'vramFree')
            }
          >
            {TRACE_METRICS.map((metric) => (
              <option key={metric.field} value={metric.field}>
                {metric.title}
              </option>
            ))}
          </select>
        </label>
      </header>
      {runs.map((run, i) => (
        <RunTrace key={run.runId} run={run} letter={letterOf(i)} span={span} field={field} />
      ))}
    </section>
  )
}

function RunTrace(props: {
  readonly run: HistoricalRun
  readonly letter: string
  readonly span: number
  readonly field: TraceMetric['field']
}): ReactElement {
  const { run, letter, span, field } = props
  const attempts = useMemo(() => tracedAttempts(run), [run])
  const { value } = useTraces(attempts)
  const trace = useMemo(() => value && joinTraces(value), [value])
  const gpu = trace?.points[0]?.gpus[0]?.index ?? 0
  return (
    <div className="tele-compare-trace">
      <h3>
        {letter} {runTitle(run)}
      </h3>
      {trace ? (
        <Suspense fallback={<div className="tele-compare-trace-place" />}>
          <TraceFigures trace={trace} gpu={gpu} span={span} fields={[field]} />
        </Suspense>
      ) : (
        <p className="tele-muted">{value ? 'No readings were saved of this run.' : 'Reading its traces…'}</p>
      )}
    </div>
  )
}

function spanOf({ scenes }: HistoricalRun): number {
  const { from, to } = sceneTimeline(scenes)
  return from === undefined || to === undefined ? 0 : to - from
}
