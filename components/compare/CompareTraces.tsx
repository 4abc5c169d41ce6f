import { Suspense, useMemo, type ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { runTraces } from '../../utils/comparison/runTraces'
import { useTraces } from '../../utils/hooks'
import { tracedAttempts } from '../../utils/run/tracedAttempts'
import { lazyPart } from '../ui/lazyPart'

const RunTraceCharts = lazyPart(() => import('./RunTraceCharts'))

/** The GPUs of the runs in the same charts, all begun at the same place; the base is drawn strongest. */
export function CompareTraces(props: {
  readonly runs: readonly HistoricalRun[]
  readonly base: string
}): ReactElement {
  const { runs, base } = props
  const attempts = useMemo(() => runs.flatMap(tracedAttempts), [runs])
  const { value: saved, error } = useTraces(attempts)
  const shown = useMemo(() => saved && runTraces(runs, saved, base), [runs, saved, base])
  return (
    <section className="tele-compare-traces">
      <h2>{runs.length === 1 ? 'GPU since the start' : 'GPU, aligned at the start'}</h2>
      {error !== null && <p role="alert">{error}</p>}
      {shown && shown.traces.length === 0 ? (
        <p className="tele-muted">No readings were saved of {runs.length === 1 ? 'it' : 'any of them'}.</p>
      ) : (
        <Suspense fallback={<Place />}>
          {shown ? <RunTraceCharts {...shown} /> : error === null && <Place />}
        </Suspense>
      )}
    </section>
  )
}

const Place = (): ReactElement => <p className="tele-muted tele-compare-place">Reading the traces…</p>
