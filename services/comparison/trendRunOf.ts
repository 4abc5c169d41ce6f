import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { definedMembers } from '../shared/definedMembers'
import { cohortOf, isTimed, type Cohort } from './cohortOf'
import type { TrendFacts } from './differingFacts'
import { gatherFacts, type ToldFact } from './gatherFacts'

/** What a trend needs of a scene's last attempt; what isn't known is absent. */
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

/** Of its record. */
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

const factsOf = ({ scenes, policy }: HistoricalRun): TrendFacts =>
  gatherFacts(scenes.flatMap(sceneFacts), policy && canonicalJson(policy))

function sceneFacts({ environment = {}, gpuName }: HistoricalSceneMetrics): readonly ToldFact[] {
  const { gpuDriver, comfyVersion, torchVersion, workflowHash, models = [] } = environment
  return [
    ['gpuDriver', gpuDriver],
    ['comfyVersion', comfyVersion],
    ['torchVersion', torchVersion],
    ['gpuName', environment.gpuName ?? gpuName],
    ['workflowHash', workflowHash],
    ...models.map((model): ToldFact => ['models', model]),
  ]
}
