import { lazy, Suspense, useMemo, useState, type ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { useTraces } from '../../utils/hooks'
import { joinTraces } from '../../utils/run/joinTraces'
import { sceneTimeline } from '../../utils/run/sceneTimeline'
import { tracedAttempts } from '../../utils/run/tracedAttempts'
import { TRACE_METRICS, type TraceMetric } from '../../utils/run/traceMetrics'
import { letterOf } from '../../utils/comparison/letterOf'
import { runTitle } from '../../utils/format/runTitle'
import type { TraceSeries } from '../ui/TraceFigure'

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
        <RunTrace key={run.runId} run={run} index={i} span={span} field={field} />
      ))}
    </section>
  )
}

function RunTrace(props: {
  readonly run: HistoricalRun
  readonly index: number
  readonly span: number
  readonly field: TraceMetric['field']
}): ReactElement {
  const { run, index, span, field } = props
  const series = SERIES[index]
  const attempts = useMemo(() => tracedAttempts(run), [run])
  const { value } = useTraces(attempts)
  const trace = useMemo(() => value && joinTraces(value), [value])
  const gpu = trace?.points[0]?.gpus[0]?.index ?? 0
  return (
    <div className="tele-compare-trace">
      <h3>
        {series && <SeriesLine series={series} />} {letterOf(index)} {runTitle(run)}
      </h3>
      {trace ? (
        <Suspense fallback={<div className="tele-compare-trace-place" />}>
          <TraceFigures
            trace={trace}
            gpu={gpu}
            span={span}
            fields={[field]}
            {...(series ? { series } : {})}
          />
        </Suspense>
      ) : (
        <p className="tele-muted">{value ? 'No readings were saved of this run.' : 'Reading its traces…'}</p>
      )}
    </div>
  )
}

/** One for each run that fits side by side. */
const SERIES: readonly TraceSeries[] = [1, 2, 3, 4, 5, 6]

/** How the lines of a run look. Decoration: its name stands beside it. */
const SeriesLine = ({ series }: { readonly series: TraceSeries }): ReactElement => (
  <svg className="tele-compare-line" width="32" height="8" viewBox="0 0 32 8" aria-hidden="true">
    <path
      d="M0 4h32"
      stroke={`var(--tele-chart-${series})`}
      strokeWidth="2"
      strokeDasharray={`var(--tele-dash-${series})`}
    />
  </svg>
)

function spanOf({ scenes }: HistoricalRun): number {
  const { from, to } = sceneTimeline(scenes)
  return from === undefined || to === undefined ? 0 : to - from
}
