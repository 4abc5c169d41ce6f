import type { ArtifactMetadata, HistoricalRun, HistoricalSceneMetrics, RunStatus } from '../../types'
import { deriveScene } from '../history/deriveScene'
import { normalizeRun } from '../history/mergeRun'
import { definedMembers } from '../shared/definedMembers'
import { ARTIFACT_SOURCE } from './artifactSource'
import { artifactAttempts } from './artifactAttempts'
import { toQueuePolicy } from './queuePolicy'
import { membersOf, text, time } from './readMember'
import { readSceneTelemetry, type SceneTelemetry } from './readSceneTelemetry'

/**
 * An artifact file as a run of the history, its `source` ARTIFACT_SOURCE. What the file doesn't tell is absent; `duration` is what it
 * calls DurationSeconds, `gpuVramFree` the mean of free memory before and after, the aggregates are computed from the scenes.
 * The run is called by its story's logline, else by its id. Of a `Timestamp` that is no time the scenes' first time is taken.
 */
export function artifactToRun(artifact: ArtifactMetadata): HistoricalRun {
  const { RunId: runId, QueueConfig: config } = artifact
  const story = membersOf(artifact.Story)
  const scenes = artifact.Scenes.map(({ SceneId, ...scene }) => sceneOf(SceneId, membersOf(scene)))
  const times = scenes.flatMap(({ attemptLog = [] }) =>
    attemptLog.flatMap(({ queuedAt, endedAt }) => [queuedAt ?? [], endedAt ?? []].flat()),
  )
  const run = normalizeRun({
    runId,
    timestamp: time(artifact.Timestamp) ?? times.reduce((a, b) => Math.min(a, b), times[0] ?? 0),
    scenes,
    fallbackCount: 0,
    source: ARTIFACT_SOURCE,
    runName: shortened(text(story.get('logline')) ?? runId),
    ...definedMembers({
      storyId: text(story.get('id')),
      endedAt: times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b)),
      policy: config && toQueuePolicy(config),
    }),
  })
  return { ...run, sceneCount: run.scenes.length, ...definedMembers({ status: statusOf(run.scenes) }) }
}

function sceneOf(sceneId: string, scene: ReadonlyMap<string, unknown>): HistoricalSceneMetrics {
  const telemetry = readSceneTelemetry(scene.get('telemetry'))
  const derived = deriveScene(sceneId, artifactAttempts(scene, telemetry))
  const fallbackNotes = notesOf(telemetry)
  return fallbackNotes.length > 0 ? { ...derived, fallbackNotes } : derived
}

function notesOf({ fallbackNotes, flf2vFallback, flf2vSource }: SceneTelemetry): readonly string[] {
  if (flf2vFallback !== true) return fallbackNotes
  const to = flf2vSource === undefined ? '' : ` to ${flf2vSource}`
  return [...fallbackNotes, `First and last frame to video fell back${to}.`]
}

/** As of a run that was recorded: failed when no scene succeeded. A file without scenes doesn't tell. */
function statusOf(scenes: readonly HistoricalSceneMetrics[]): RunStatus | undefined {
  if (scenes.length === 0) return undefined
  return scenes.some(({ status }) => status === 'success') ? 'completed' : 'failed'
}

const MAX_NAME = 80

const shortened = (name: string): string =>
  name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name
