import type { AttemptRecord, ExitReason, HistoricalSceneMetrics } from '../../types'
import { exitReasons } from '../shared/exitReason'
import { definedMembers } from '../shared/definedMembers'
import { canonicalJson } from '../shared/canonicalJson'
import { MAX_FALLBACK_NOTES } from '../wire/recordLimits'
import { deriveScene } from './deriveScene'

/**
 * One scene of a run, told twice. Commutative, associative, idempotent: a scene told the same twice stays as it was told;
 * otherwise its attempts unite and its figures are derived from them anew.
 */
export function mergeScene(a: HistoricalSceneMetrics, b: HistoricalSceneMetrics): HistoricalSceneMetrics {
  if (canonicalJson(a) === canonicalJson(b)) return a
  const told = [...attemptsOf(a), ...attemptsOf(b)]
  const scene = deriveScene(a.sceneId, told)
  const notes = [...new Set([...(a.fallbackNotes ?? []), ...(b.fallbackNotes ?? [])])]
    .sort()
    .slice(0, MAX_FALLBACK_NOTES)
  return {
    ...scene,
    // The number of a record that lost to another of its attempt still counts; otherwise the order of merging would show.
    attempts: Math.max(scene.attempts, a.attempts, b.attempts, ...told.map(numberTold)),
    ...(notes.length > 0 ? { fallbackNotes: notes } : {}),
  }
}

const numberTold = ({ attempt, attemptGiven = attempt }: AttemptRecord): number => attemptGiven

/** A scene without a log was told by its last attempt. */
export function attemptsOf(scene: HistoricalSceneMetrics): readonly AttemptRecord[] {
  if (scene.attemptLog && scene.attemptLog.length > 0) return scene.attemptLog
  const { gpuVramFree, gpuVramFreeMin, gpuUtilizationMean, gpuUtilizationMax, gpuPowerMean } = scene
  const gpu = definedMembers({
    vramFreeMean: gpuVramFree,
    vramFreeMin: gpuVramFreeMin,
    utilizationMean: gpuUtilizationMean,
    utilizationMax: gpuUtilizationMax,
    powerMean: gpuPowerMean,
  })
  const { promptId, source, queuedAt, startedAt, endedAt, queueWait, duration, error, nodeTimes } = scene
  const { gpuName, gpuIndex, environment, cached, cold } = scene
  return [
    {
      attempt: Math.max(1, scene.attempts),
      exitReason: exitReasonOf(scene),
      ...definedMembers({
        promptId,
        source,
        queuedAt,
        startedAt,
        endedAt,
        queueWait,
        duration,
        error,
        nodeTimes,
        gpuName,
        gpuIndex,
        environment,
        cached,
        cold,
        gpu: Object.keys(gpu).length > 0 ? { samples: 0, ...gpu } : undefined,
      }),
    },
  ]
}

const BY_STATUS = {
  success: 'success',
  failed: 'unknown',
  timeout: 'maxWait',
  skipped: 'interrupted',
} as const satisfies Record<HistoricalSceneMetrics['status'], ExitReason>

function exitReasonOf({ exitReason, status }: HistoricalSceneMetrics): ExitReason {
  return exitReasons.find((reason) => reason === exitReason) ?? BY_STATUS[status]
}
