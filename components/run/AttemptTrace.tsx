import { Suspense, useState, type ReactElement } from 'react'
import type { AttemptRecord, GpuTrace } from '../../types'
import { markOfEnd } from '../../utils/format/describeOutcome'
import { formatEnergy } from '../../utils/format/formatEnergy'
import { traceEnergy } from '../../utils/run/traceEnergy'
import { StatusWord } from '../live/StatusWord'
import { lazyPart } from '../ui/lazyPart'
import type { TimeRange } from './TimeAxis'
import { TraceRows } from './TraceRows'

const TraceFigures = lazyPart(() => import('./TraceFigures'))

/** The GPU during one attempt: free memory, load, power and temperature over time, or a table of them, and its energy. */
export function AttemptTrace(props: {
  readonly attempt: AttemptRecord
  readonly of: number
  readonly trace: GpuTrace | undefined
  readonly zoom: TimeRange | undefined
}): ReactElement {
  const { attempt, of, trace, zoom } = props
  const [isTable, setTable] = useState(false)
  const { exitReason } = attempt
  const energy = trace && traceEnergy(trace)
  const gpu = attempt.gpuIndex ?? trace?.points[0]?.gpus[0]?.index ?? 0
  return (
    <section className="tele-attempt-trace" aria-label={`Attempt ${attempt.attempt}`}>
      <header>
        <h2>
          Attempt {attempt.attempt} of {of}
        </h2>
        <StatusWord mark={markOfEnd(exitReason)} />
        <span className="tele-muted">
          {attempt.gpuName === undefined ? `GPU ${gpu}` : `GPU ${gpu} · ${attempt.gpuName}`}
        </span>
        <span className="tele-figure">{energy ? formatEnergy(energy.wattHours) : 'energy not measured'}</span>
        {trace && (
          <button
            type="button"
            className="tele-button tele-button-quiet"
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? 'Chart' : 'Table'}
          </button>
        )}
      </header>
      {!trace || trace.points.length === 0 ? (
        <p className="tele-muted">No readings were saved of this attempt.</p>
      ) : isTable ? (
        <TraceRows trace={trace} gpu={gpu} />
      ) : (
        <Suspense fallback={<div className="tele-figures-place" />}>
          <TraceFigures trace={trace} gpu={gpu} zoom={zoom} />
        </Suspense>
      )}
    </section>
  )
}
