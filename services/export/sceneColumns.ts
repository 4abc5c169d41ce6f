import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import type { CsvValue } from './csvCell'
import type { CsvColumn } from './tableCsv'

/** A row of the table of scenes; a run without any is a row without one. */
export interface SceneRow {
  readonly run: HistoricalRun
  readonly scene: Partial<HistoricalSceneMetrics>
}

/** One row a scene, its run's members repeated. Units stand in the names: ms, bytes, percent, watts; rates are 0 to 1. */
export const SCENE_COLUMNS: readonly CsvColumn<SceneRow>[] = [
  ofRun('runId', ({ runId }) => runId),
  ofRun('runName', ({ runName }) => runName),
  ofRun('storyId', ({ storyId }) => storyId),
  ofRun('runStartedAt', ({ timestamp }) => isoTime(timestamp)),
  ofRun('runEndedAt', ({ endedAt }) => isoTime(endedAt)),
  ofRun('runStatus', ({ status }) => status),
  ofRun('runSource', ({ source }) => source),
  ofRun('tags', ({ tags }) => tags?.join(', ')),
  ofRun('notes', ({ notes }) => notes),
  ofRun('maxWaitSeconds', ({ policy }) => policy?.maxWaitSeconds),
  ofRun('sceneRetryBudget', ({ policy }) => policy?.sceneRetryBudget),
  ofScene('sceneId', ({ sceneId }) => sceneId),
  ofScene('status', ({ status }) => status),
  ofScene('exitReason', ({ exitReason }) => exitReason),
  ofScene('attempts', ({ attempts }) => attempts),
  ofScene('queuedAt', ({ queuedAt }) => isoTime(queuedAt)),
  ofScene('startedAt', ({ startedAt }) => isoTime(startedAt)),
  ofScene('endedAt', ({ endedAt }) => isoTime(endedAt)),
  ofScene('queueWaitMs', ({ queueWait }) => queueWait),
  ofScene('durationMs', ({ duration }) => duration),
  ofScene('cachedShare', ({ cached }) => cached),
  ofScene('cold', ({ cold }) => cold),
  ofScene('gpuName', ({ gpuName }) => gpuName),
  ofScene('gpuIndex', ({ gpuIndex }) => gpuIndex),
  ofScene('vramFreeMeanBytes', ({ gpuVramFree }) => gpuVramFree),
  ofScene('vramFreeMinBytes', ({ gpuVramFreeMin }) => gpuVramFreeMin),
  ofScene('gpuUtilizationMeanPercent', ({ gpuUtilizationMean }) => gpuUtilizationMean),
  ofScene('gpuUtilizationMaxPercent', ({ gpuUtilizationMax }) => gpuUtilizationMax),
  ofScene('gpuPowerMeanWatts', ({ gpuPowerMean }) => gpuPowerMean),
  ofScene('workflowHash', ({ environment }) => environment?.workflowHash),
  ofScene('models', ({ environment }) => environment?.models?.join(', ')),
  ofScene('width', ({ environment }) => environment?.width),
  ofScene('height', ({ environment }) => environment?.height),
  ofScene('frames', ({ environment }) => environment?.frames),
  ofScene('steps', ({ environment }) => environment?.steps),
  ofScene('batch', ({ environment }) => environment?.batch),
  ofScene('gpuDriver', ({ environment }) => environment?.gpuDriver),
  ofScene('comfyVersion', ({ environment }) => environment?.comfyVersion),
  ofScene('torchVersion', ({ environment }) => environment?.torchVersion),
  ofScene('errorType', ({ error }) => error?.type),
  ofScene('errorNodeType', ({ error }) => error?.nodeType),
  ofScene('errorMessage', ({ error }) => error?.message),
  ofScene('fallbackNotes', ({ fallbackNotes }) => fallbackNotes?.join('\n')),
  ofScene('promptId', ({ promptId }) => promptId),
  ofScene('source', ({ source }) => source),
]

function ofRun(name: string, value: (run: HistoricalRun) => CsvValue): CsvColumn<SceneRow> {
  return { name, value: ({ run }) => value(run) }
}

function ofScene(
  name: string,
  value: (scene: Partial<HistoricalSceneMetrics>) => CsvValue,
): CsvColumn<SceneRow> {
  return { name, value: ({ scene }) => value(scene) }
}

/** In UTC, which sorts as text; a time that no calendar has is left out. */
function isoTime(at: number | undefined): string | undefined {
  return at === undefined || !(Math.abs(at) <= 8.64e15) ? undefined : new Date(at).toISOString()
}
