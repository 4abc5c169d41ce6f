import { useMemo, type ReactElement } from 'react'
import type { AttemptRecord, GpuTrace, HistoricalRun } from '../../types'
import { useTraces } from '../../utils/hooks'
import { energySentence } from '../../utils/run/energySentence'
import { failuresOf } from '../../utils/run/failuresOf'
import { sceneTimeline } from '../../utils/run/sceneTimeline'
import { tracedAttempts } from '../../utils/run/tracedAttempts'
import { AttemptTrace } from './AttemptTrace'
import type { RunTabProps } from './runTabProps'
import { SceneSelect } from './SceneSelect'

/** The GPU while it ran: energy of the run, and what each attempt of a scene had and used. */
export function GpuTab({ run, view, onView }: RunTabProps): ReactElement {
  const attempts = useMemo(() => tracedAttempts(run), [run])
  const { value: traces, error } = useTraces(attempts)
  const origin = useMemo(() => sceneTimeline(run.scenes).from, [run.scenes])
  const scene =
    run.scenes.find(({ sceneId }) => sceneId === view.scene) ?? failuresOf(run)[0]?.scene ?? run.scenes[0]
  if (!scene) return <p className="tele-muted">No scene of this run is known.</p>
  const log = scene.attemptLog ?? []
  return (
    <div className="tele-gpu-tab">
      <p>
        {traces ? (
          energySentence(traces, attemptCount(run))
        ) : (
          <span className="tele-muted">Reading the traces…</span>
        )}
      </p>
      {error !== null && <p role="alert">{error}</p>}
      <SceneSelect
        label="Traces of"
        scenes={run.scenes}
        value={scene.sceneId}
        onScene={(sceneId) => onView(sceneId === undefined ? view : { ...view, scene: sceneId })}
      />
      {log.length === 0 && <p className="tele-muted">Its attempts are not known.</p>}
      {traces &&
        log.map((attempt) => (
          <AttemptTrace
            key={attempt.promptId ?? attempt.attempt}
            attempt={attempt}
            of={log.length}
            trace={traces.find((trace) => isOf(trace, attempt))}
            zoom={view.zoom && origin !== undefined ? spanOf(view.zoom, origin) : undefined}
          />
        ))}
    </div>
  )
}

const attemptCount = ({ scenes }: HistoricalRun): number =>
  scenes.reduce((sum, { attemptLog = [] }) => sum + attemptLog.length, 0)

const isOf = (trace: GpuTrace, { source, promptId }: AttemptRecord): boolean =>
  promptId !== undefined && trace.promptId === promptId && (source === undefined || trace.source === source)

const spanOf = (zoom: { from: number; to: number }, origin: number) => ({
  from: origin + zoom.from * 1_000,
  to: origin + zoom.to * 1_000,
})
