import type { HistoricalRun, HistoricalSceneMetrics, RealtimeTelemetryUpdate } from '../../types'
import { ARTIFACT_SOURCE } from '../payload/artifactSource'
import { definedMembers } from '../shared/definedMembers'
import { exitReasons } from '../shared/exitReason'
import type { LiveModel } from './liveModel'
import { loadArtifact } from './loadArtifact'

/** Shows the run of the page's artifact file; answers its id, undefined where there is none. Never rejects. */
export async function showArtifact(
  model: LiveModel,
  origin: string,
  fetcher: typeof fetch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = await loadArtifact(origin, fetcher, signal)
  if (signal.aborted || !run || run.scenes.length === 0) return undefined
  put(model, run)
  return run.runId
}

function put(model: LiveModel, run: HistoricalRun): void {
  const at = run.endedAt ?? run.timestamp
  model.applyState(
    run.scenes.map((scene) => updateOf(run, scene)),
    at,
    false,
  )
  const { runId, policy, sceneCount } = run
  model.applyRun({ type: 'run', event: 'ended', runId, ...definedMembers({ policy, sceneCount }) }, at)
}

function updateOf(run: HistoricalRun, scene: HistoricalSceneMetrics): RealtimeTelemetryUpdate {
  const { runId, runName, storyId, policy } = run
  const { sceneId, attempts, duration, gpuVramFree, gpuIndex, error } = scene
  return {
    sceneId,
    runId,
    source: ARTIFACT_SOURCE,
    timestamp: scene.endedAt ?? run.endedAt ?? run.timestamp,
    status: scene.status === 'success' ? 'completed' : 'failed',
    attempt: attempts,
    attempts,
    exitReason: exitReasons.find((reason) => reason === scene.exitReason) ?? 'unknown',
    ...definedMembers({ runName, storyId, policy, duration, gpuVramFree, gpuIndex, error }),
  }
}
