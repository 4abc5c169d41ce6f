import { useMemo, useState, type ReactElement } from 'react'
import { SceneTrends } from '../../utils/hooks'
import { sceneTimeline } from '../../utils/run/sceneTimeline'
import type { RunTabProps } from './runTabProps'
import { SceneLine } from './SceneLine'
import { TimeAxis } from './TimeAxis'
import { UnendedScenes } from './UnendedScenes'

/** A row for each scene on one time axis: its wait, its attempts, what became of it; the rest of it is folded below. */
export function ScenesTab({ run, view, onView }: RunTabProps): ReactElement {
  const timeline = useMemo(() => sceneTimeline(run.scenes), [run.scenes])
  const asked = useMemo(
    () => run.scenes.map(({ sceneId }) => ({ runId: run.runId, sceneId })),
    [run.runId, run.scenes],
  )
  // The scene that the address named at first is what one came for.
  const [arrived] = useState(view.scene)
  if (run.scenes.length === 0 && run.status === 'running') return <UnendedScenes run={run} />
  if (run.scenes.length === 0) return <p className="tele-muted">No scene of this run is known.</p>
  const origin = timeline.from ?? 0
  const whole = { from: origin, to: timeline.to ?? origin }
  const shown = view.zoom
    ? { from: origin + view.zoom.from * 1_000, to: origin + view.zoom.to * 1_000 }
    : whole
  const zoomTo = (from: number, to: number): void =>
    onView({ ...view, zoom: { from: (from - origin) / 1_000, to: (to - origin) / 1_000 } })
  const { zoom: _, ...unzoomed } = view
  const { scene: __, ...folded } = view
  return (
    <SceneTrends scenes={asked}>
      {timeline.from === undefined ? (
        <p className="tele-muted">When its scenes were queued and ran is not known.</p>
      ) : (
        <TimeAxis
          origin={origin}
          range={shown}
          isZoomed={view.zoom !== undefined}
          onRange={zoomTo}
          onAll={() => onView(unzoomed)}
        />
      )}
      <ul className="tele-run-scenes">
        {run.scenes.map((scene, i) => (
          <SceneLine
            key={scene.sceneId}
            run={run}
            scene={scene}
            segments={timeline.scenes[i]?.segments ?? []}
            range={shown}
            isOpen={scene.sceneId === view.scene}
            isAsked={scene.sceneId === arrived}
            onOpen={(isOpen) => onView(isOpen ? { ...view, scene: scene.sceneId } : folded)}
            onZoom={zoomTo}
          />
        ))}
      </ul>
      <UnendedScenes run={run} />
    </SceneTrends>
  )
}
