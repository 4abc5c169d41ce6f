import type { HistoricalRun, HistoricalSceneMetrics, QueuePolicy, RunField, SceneField } from '../../types'
import { POLICY_MEMBERS } from '../shared/policyMembers'

type Scene = HistoricalSceneMetrics
type Texts = readonly (string | undefined)[]

/** What a scene says under a text field: any of these. Absent in a scene that says nothing of it. */
export const SCENE_TEXTS: Readonly<Record<SceneTextField, (scene: Scene) => Texts>> = {
  status: ({ status }) => [status],
  reason: ({ exitReason }) => [exitReason],
  gpu: ({ gpuName }) => [gpuName],
  scene: ({ sceneId }) => [sceneId],
  error: ({ error }) => [error?.message],
  workflow: ({ environment }) => [environment?.workflowHash],
  model: ({ environment }) => environment?.models ?? [],
  size: ({ environment }) => [sizeOf(environment?.width, environment?.height)],
  node: ({ error, nodeTimes = [] }) => [error?.nodeType, ...nodeTimes.map(({ nodeType }) => nodeType)],
  cold: ({ cold }) => [cold === undefined ? undefined : String(cold)],
}

/** What a run says under a text field, whichever the scene: any of these. */
export const RUN_TEXTS: Readonly<Record<RunTextField, (run: HistoricalRun) => Texts>> = {
  run: ({ runId }) => [runId],
  name: ({ runName }) => [runName],
  story: ({ storyId }) => [storyId],
  tag: ({ tags }) => tags ?? [],
  source: ({ source }) => [source],
  policy: ({ policy }) => (policy ? policyTexts(policy) : []),
  text: ({ runId, runName, storyId, notes, tags = [], scenes }) => [
    ...[notes, runName, runId, storyId],
    ...tags,
    ...scenes.flatMap(({ sceneId, error }) => [sceneId, error?.message]),
  ],
}

/** Numbers, in the units of `types.ts`. */
export const SCENE_NUMBERS: Readonly<Record<SceneNumberField, (scene: Scene) => number | undefined>> = {
  duration: ({ duration }) => duration,
  attempts: ({ attempts }) => attempts,
  vram: ({ gpuVramFree }) => gpuVramFree,
  cached: ({ cached }) => cached,
  steps: ({ environment }) => environment?.steps,
}
export const RUN_NUMBERS: Readonly<Record<RunNumberField, (run: HistoricalRun) => number | undefined>> = {
  success: ({ successRate }) => successRate,
}

/** Each limit as `maxWaitSeconds=600`, and all of them with spaces between, in the order of QueuePolicy. */
export function policyTexts(policy: QueuePolicy): readonly string[] {
  const limits = POLICY_MEMBERS.map((name) => `${name}=${policy[name]}`)
  return [...limits, limits.join(' ')]
}

/** `1280x720`; absent unless both sides are known. */
export const sizeOf = (width: number | undefined, height: number | undefined): string | undefined =>
  width === undefined || height === undefined ? undefined : `${width}x${height}`

type SceneNumberField = 'duration' | 'attempts' | 'vram' | 'cached' | 'steps'
type SceneTextField = Exclude<SceneField, SceneNumberField>
type RunNumberField = 'success'
type RunTextField = Exclude<RunField, RunNumberField | 'date'>
