import { useEffect, useId, useRef, type ReactElement } from 'react'
import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { markOfSaved } from '../../utils/format/describeOutcome'
import { count } from '../../utils/format/formatCount'
import { formatDuration } from '../../utils/format/formatDuration'
import { sceneName } from '../../utils/format/sceneName'
import type { TimelineSegment } from '../../utils/run/sceneTimeline'
import { withFiles } from '../../utils/run/withFiles'
import { StatusWord } from '../live/StatusWord'
import { OutputFiles } from '../outputs/OutputFiles'
import { ConnectedSceneTrendIndicator } from '../SceneTrendIndicator'
import { Marked } from '../ui/Marked'
import { SceneDetails } from './SceneDetails'
import { SceneTrack } from './SceneTrack'
import type { TimeRange } from './TimeAxis'
import './SceneLine.css'

/** One scene of a run: name, status, its time on the common axis, how it compares; unfolded its attempts, files and errors. */
export function SceneLine(props: {
  readonly run: HistoricalRun
  readonly scene: HistoricalSceneMetrics
  readonly segments: readonly TimelineSegment[]
  readonly range: TimeRange
  readonly isOpen: boolean
  readonly isAsked: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onZoom: (from: number, to: number) => void
}): ReactElement {
  const { run, scene, segments, range, isOpen, isAsked, onOpen, onZoom } = props
  const id = useId()
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isAsked) item.current?.scrollIntoView({ block: 'center' })
  }, [isAsked])
  const attempts = scene.attemptLog ?? []
  const last = withFiles(attempts)
  return (
    <li ref={item} className={`tele-run-scene${isOpen ? ' tele-selected' : ''}`}>
      <div className="tele-run-scene-row">
        <h2>
          <button
            type="button"
            className="tele-run-scene-name"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => onOpen(!isOpen)}
          >
            <span className="tele-chevron" aria-hidden="true" />
            {sceneName(scene.sceneId) === scene.sceneId ? (
              <Marked text={scene.sceneId} field="sceneId" sceneId={scene.sceneId} />
            ) : (
              sceneName(scene.sceneId)
            )}
          </button>
        </h2>
        <span className="tele-run-scene-status">
          <StatusWord mark={markOfSaved(scene.status)} />
          {attempts.length > 0 && <span className="tele-muted">{count(attempts.length, 'attempt')}</span>}
        </span>
        <SceneTrack segments={segments} range={range} />
        <span className="tele-figure tele-run-scene-time">
          {scene.duration === undefined ? (
            <span className="tele-muted">not measured</span>
          ) : (
            formatDuration(scene.duration)
          )}
        </span>
        <ConnectedSceneTrendIndicator runId={run.runId} sceneId={scene.sceneId} />
        <span className="tele-run-scene-files">
          <OutputFiles files={last?.outputs} source={last?.source} isTiny />
        </span>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <SceneDetails
            run={run}
            scene={scene}
            {...(segments.length === 0 ? {} : { onZoom: () => onZoom(...boundsOf(segments)) })}
          />
        )}
      </div>
    </li>
  )
}

/** A little room on both sides, so that ends are seen. */
function boundsOf(segments: readonly TimelineSegment[]): [number, number] {
  const from = Math.min(...segments.map((segment) => segment.from))
  const to = Math.max(...segments.map((segment) => segment.to))
  const room = Math.max(1_000, (to - from) * 0.02)
  return [from - room, to + room]
}
