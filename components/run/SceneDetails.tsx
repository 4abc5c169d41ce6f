import type { ReactElement } from 'react'
import type { ExecutionError, HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { describeOutcome } from '../../utils/format/describeOutcome'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatDuration } from '../../utils/format/formatDuration'
import { formatPercent } from '../../utils/comparison/formatRatio'
import { slowestNodes } from '../../utils/format/slowestNodes'
import { withFiles } from '../../utils/run/withFiles'
import { OutputFiles } from '../outputs/OutputFiles'
import { FilterValue } from '../filter/FilterValue'
import { Marked } from '../ui/Marked'
import { AttemptTable } from './AttemptTable'

/** What is behind a scene's row: why it ended so, each attempt, its errors in full, its files. */
export function SceneDetails(props: {
  readonly run: HistoricalRun
  readonly scene: HistoricalSceneMetrics
  readonly onZoom?: () => void
}): ReactElement {
  const { run, scene, onZoom } = props
  const why = describeOutcome({ reason: scene.exitReason, error: scene.error, policy: run.policy })
  const attempts = scene.attemptLog ?? []
  const last = withFiles(attempts)
  const facts = factsOf(scene)
  return (
    <div className="tele-run-scene-details">
      {why !== undefined && <p>{why}</p>}
      {(scene.gpuName ?? facts[0]) !== undefined && (
        <p className="tele-muted tele-figure">
          {scene.gpuName !== undefined && <FilterValue field="gpu" value={scene.gpuName} />}
          {scene.gpuName !== undefined && facts.length > 0 && ' · '}
          {facts.join(' · ')}
        </p>
      )}
      {scene.fallbackNotes?.map((note) => (
        <p key={note}>Fallback: {note}</p>
      ))}
      {attempts.length > 0 ? (
        <AttemptTable attempts={attempts} run={run} />
      ) : (
        <p className="tele-muted">Its attempts are not known.</p>
      )}
      {scene.error?.message && (
        <pre className="tele-error">
          {errorHead(scene.error)}
          <Marked text={scene.error.message} field="error.message" sceneId={scene.sceneId} />
        </pre>
      )}
      <OutputFiles files={last?.outputs} source={last?.source} />
      {onZoom && (
        <p>
          <button type="button" className="tele-button" onClick={onZoom}>
            Zoom to this scene
          </button>
        </p>
      )}
    </div>
  )
}

function factsOf(scene: HistoricalSceneMetrics): readonly string[] {
  const { gpuVramFreeMin, cached, cold } = scene
  const slowest = slowestNodes(scene.attemptLog?.at(-1)?.nodeTimes ?? scene.nodeTimes ?? [], 3)
  return [
    gpuVramFreeMin === undefined ? undefined : `least free VRAM ${formatGigabytes(gpuVramFreeMin)}`,
    cached ? `${formatPercent(cached)} from cache` : undefined,
    cold ? 'first after a start' : undefined,
    slowest.length === 0
      ? undefined
      : `slowest nodes: ${slowest.map(({ nodeType, ms }) => `${nodeType} ${formatDuration(ms)}`).join(', ')}`,
  ].flatMap((fact) => fact ?? [])
}

/** What stands before the message. */
function errorHead({ type, nodeType, nodeId }: ExecutionError): string {
  const node = nodeType && `${nodeType}${nodeId === undefined ? '' : ` (node ${nodeId})`}\n`
  return `${node ?? ''}${type}: `
}
