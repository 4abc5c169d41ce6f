import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { definedMembers } from '../shared/definedMembers'
import { cohortOf, isTimed, type Cohort } from './cohortOf'
import type { TrendFacts } from './differingFacts'

export interface TrendScene {
  readonly cohort: Cohort
  readonly status: HistoricalSceneMetrics['status']
  /** ms; only where it succeeded and took nothing from cache (`isTimed`). */
  readonly duration?: number
  readonly gpuVramFree?: number
  readonly gpuUtilization?: number
  /** At least 1. */
  readonly attempts?: number
  readonly queueWait?: number
}

/** What a trend needs of a run, from its record or from the columns of an index. */
export interface TrendRun {
  readonly runId: string
  readonly timestamp: number
  readonly scenes: readonly TrendScene[]
  readonly facts: TrendFacts
}

export function trendRunOf(run: HistoricalRun): TrendRun {
  const { runId, timestamp, scenes } = run
  return { runId, timestamp, scenes: scenes.map(trendScene), facts: factsOf(run) }
}

function trendScene(scene: HistoricalSceneMetrics): TrendScene {
  const { status, gpuVramFree, gpuUtilizationMean, attempts, queueWait } = scene
  return {
    cohort: cohortOf(scene),
    status,
    ...definedMembers({
      duration: isTimed(scene) ? scene.duration : undefined,
      gpuVramFree,
      gpuUtilization: gpuUtilizationMean,
      attempts: attempts >= 1 ? attempts : undefined,
      queueWait,
    }),
  }
}

function factsOf({ scenes, policy }: HistoricalRun): TrendFacts {
  const environments = scenes.flatMap(({ environment }) => environment ?? [])
  return definedMembers({
    gpuDriver: joined(environments.map(({ gpuDriver }) => gpuDriver)),
    comfyVersion: joined(environments.map(({ comfyVersion }) => comfyVersion)),
    torchVersion: joined(environments.map(({ torchVersion }) => torchVersion)),
    gpuName: joined(scenes.map(({ environment, gpuName }) => environment?.gpuName ?? gpuName)),
    models: joined(environments.flatMap(({ models }) => models ?? [])),
    workflowHash: joined(environments.map(({ workflowHash }) => workflowHash)),
    policy: policy && canonicalJson(policy),
  })
}

/** What occurs, once each, a line each, sorted. */
function joined(values: readonly (string | undefined)[]): string | undefined {
  const known = new Set(values.flatMap((value) => value ?? []))
  return known.size === 0 ? undefined : [...known].sort().join('\n')
}
