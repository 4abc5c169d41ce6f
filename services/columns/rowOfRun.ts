import type { HistoricalRun, HistoricalSceneMetrics, RunEnvironment } from '../../types'
import { canonicalJson } from '../shared/canonicalJson'
import { cohortOf } from '../comparison/cohortOf'
import { RUN_TEXTS, sizeOf } from '../filter/fieldValues'
import { definedMembers } from '../shared/definedMembers'
import { FIELD_BREAK, type ColumnRow } from './columnChunk'

/** What a run's deletion is told by: its time, and the token that takes it back. */
export interface Deletion {
  readonly deletedAt: number
  readonly token: string
  /** Edits up to this time don't bring the run back either, where some were made by a clock that runs ahead. */
  readonly beats?: number
}

/** What storage knows of a run besides what it tells. */
export interface Standing {
  readonly deletion?: Deletion | undefined
  /** Its place among all that ever came; absent of those that came before places were kept. */
  readonly arrived?: number | undefined
}

/** A run as a row of the columns. */
export function rowOfRun(run: HistoricalRun, { deletion, arrived }: Standing = {}): ColumnRow {
  const { timestamp, endedAt, averageDuration, successRate, gpuAverageFree, fallbackCount } = run
  const { sceneCount, editedAt, runName, storyId, status, source, policy, tags } = run
  return {
    runId: run.runId,
    numbers: definedMembers({
      timestamp,
      endedAt,
      averageDuration,
      successRate,
      gpuAverageFree,
      fallbackCount,
      sceneCount,
      editedAt,
      deletedAt: deletion?.deletedAt,
      bytes: bytesOf(run),
      arrived,
    }),
    texts: definedMembers({
      runName,
      storyId,
      status,
      source,
      policy: policy && canonicalJson(policy),
      tags: listText(tags),
      deletion: deletion?.token,
    }),
    scenes: run.scenes.length === 0 ? [EMPTY_SCENE] : run.scenes.map(sceneRow),
    searched: RUN_TEXTS.text(run)
      .filter((text) => text !== undefined)
      .join(FIELD_BREAK),
  }
}

const EMPTY_SCENE: ColumnRow['scenes'][number] = { numbers: {}, texts: {} }

function sceneRow(scene: HistoricalSceneMetrics): ColumnRow['scenes'][number] {
  const { sceneId, status, exitReason, gpuName, error, cold, environment = {} } = scene
  const { models, workflowHash, width, height, steps } = environment
  return {
    numbers: definedMembers({
      duration: scene.duration,
      attempts: scene.attempts,
      vramFree: scene.gpuVramFree,
      utilization: scene.gpuUtilizationMean,
      queueWait: scene.queueWait,
      cached: scene.cached,
      steps,
      limit: scene.attemptLog?.at(-1)?.maxWait,
    }),
    texts: definedMembers({
      sceneId,
      status,
      reason: exitReason,
      gpu: gpuName,
      error: error?.message,
      nodes: listText(nodesOf(scene)),
      models: listText(models),
      workflow: workflowHash,
      size: sizeOf(width, height),
      cold: cold === undefined ? undefined : String(cold),
      cohort: cohortOf(scene),
      facts: factsOf(environment, gpuName),
    }),
  }
}

/** The node that broke, and those whose time was taken. */
function nodesOf({ error, nodeTimes }: HistoricalSceneMetrics): readonly string[] {
  const types = [
    ...(error?.nodeType === undefined ? [] : [error.nodeType]),
    ...(nodeTimes ?? []).map(({ nodeType }) => nodeType),
  ]
  return [...new Set(types)].sort()
}

/** What surrounded the scene and is no part of its cohort: told where a duration changed. */
function factsOf(environment: RunEnvironment, gpu: string | undefined): string | undefined {
  const { gpuDriver, comfyVersion, torchVersion, gpuName = gpu } = environment
  const facts = definedMembers({ gpuDriver, comfyVersion, torchVersion, gpuName })
  return Object.keys(facts).length === 0 ? undefined : canonicalJson(facts)
}

/** Each entry once: it is counted by runs and scenes, not by how often it is told. */
const listText = (list: readonly string[] | undefined): string | undefined =>
  list === undefined || list.length === 0 ? undefined : JSON.stringify([...new Set(list)])

/** Measured on stored runs: a run without scenes, an attempt, a node's time, a point of a trace at about one a second. */
const BYTES = { run: 400, attempt: 700, nodeTime: 60, tracePoint: 60, tracePoints: 1_000 }

/** About what a run takes in storage with its scenes and traces. */
function bytesOf({ scenes, notes }: HistoricalRun): number {
  let bytes = BYTES.run + 2 * (notes?.length ?? 0)
  for (const { attemptLog, nodeTimes } of scenes)
    for (const attempt of attemptLog ?? [{ nodeTimes }])
      bytes +=
        BYTES.attempt +
        BYTES.nodeTime * (attempt.nodeTimes?.length ?? 0) +
        BYTES.tracePoint * Math.min(BYTES.tracePoints, 'gpu' in attempt ? (attempt.gpu?.samples ?? 0) : 0)
  return bytes
}
