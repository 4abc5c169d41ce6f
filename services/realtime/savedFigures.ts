import type { HistoricalRun, HistoricalSceneMetrics, RealtimeTelemetryUpdate } from '../../types'
import { ARTIFACT_SOURCE } from '../payload/artifactSource'
import { definedMembers } from '../shared/definedMembers'
import { exitReasons } from '../shared/exitReason'
import type { LiveModel } from './liveModel'
import type { loadArtifact } from './loadArtifact'

/** What a page shows while no server has ever answered: telemetry-protocol.md, "Falling back", third. */
export interface SavedFigures {
  /**
   * Shows the page's artifact file; answers when it was loaded, undefined where there is none. The file is asked for once until
   * `clear`. Never rejects.
   */
  show(signal: AbortSignal): Promise<number | undefined>
  /** A server answers: what it tells takes over. */
  clear(): void
}

/** Nothing of it reaches the recorder. */
export function createSavedFigures(
  model: LiveModel,
  world: { readonly origin: string; readonly fetch: typeof fetch; readonly now: () => number },
): SavedFigures {
  let shown: { readonly runId: string; readonly loadedAt: number } | undefined
  let isAsked = false
  return {
    async show(signal) {
      // Whatever was heard of a server is nearer to the truth than a file.
      if (isAsked || model.lastUpdate() !== undefined || model.server()) return shown?.loadedAt
      const load = await loader()
      const run = await load?.(world.origin, world.fetch, signal)
      if (signal.aborted) return undefined
      isAsked = load !== undefined
      if (!run || run.scenes.length === 0) return undefined
      put(model, run)
      shown = { runId: run.runId, loadedAt: world.now() }
      return shown.loadedAt
    },
    clear() {
      isAsked = false
      if (shown) model.forgetRun(shown.runId)
      shown = undefined
    },
  }
}

/** Undefined while its code can't be had: the file, which is of the same server, could not either. */
const loader = async (): Promise<typeof loadArtifact | undefined> => {
  try {
    return (await import('./loadArtifact')).loadArtifact
  } catch {
    return undefined
  }
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
