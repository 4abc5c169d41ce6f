import type { AttemptRecord, HistoricalSceneMetrics } from '../../types'
import { sceneStatusOf } from '../shared/exitReason'
import { definedMembers } from '../shared/definedMembers'
import { mergeAttempts } from './mergeAttempts'

/**
 * A scene as its attempts tell it: its figures are the last attempt's, the log has all (docs/history.md, "Saving"). The attempts may
 * come in any order and more than once; there must be one.
 */
export function deriveScene(sceneId: string, attempts: readonly AttemptRecord[]): HistoricalSceneMetrics {
  const log = mergeAttempts(attempts)
  const last = log.at(-1)
  if (!last) return { sceneId, attempts: 0, status: 'skipped' }
  const { promptId, source, queuedAt, startedAt, endedAt, queueWait, duration } = last
  const { gpuName, gpuIndex, environment, cached, cold, error, nodeTimes, gpu } = last
  return {
    sceneId,
    attempts: Math.max(log.length, ...log.map(({ attempt }) => attempt)),
    status: sceneStatusOf(last.exitReason),
    exitReason: last.exitReason,
    attemptLog: log,
    ...definedMembers({
      duration,
      promptId,
      source,
      queuedAt,
      startedAt,
      endedAt,
      queueWait,
      gpuName,
      gpuIndex,
      environment,
      cached,
      cold,
      error,
      nodeTimes,
      gpuVramFree: gpu?.vramFreeMean,
      gpuVramFreeMin: gpu?.vramFreeMin,
      gpuUtilizationMean: gpu?.utilizationMean,
      gpuUtilizationMax: gpu?.utilizationMax,
      gpuPowerMean: gpu?.powerMean,
    }),
  }
}
