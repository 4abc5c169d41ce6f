import type { HistoricalSceneMetrics, RunStatus, RunSummary } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { numberAt, textAt, type ColumnChunk } from './columnChunk'
import { scenesOf } from './selection'

/** A row of a list, from the columns alone. */
export function summaryAt(chunk: ColumnChunk, row: number): RunSummary {
  const { runNumbers: numbers, runTexts: texts } = chunk
  return {
    runId: chunk.runIds[row] ?? '',
    timestamp: numbers.timestamp[row] ?? 0,
    fallbackCount: numbers.fallbackCount[row] ?? 0,
    ...scenesAt(chunk, row),
    ...definedMembers({
      averageDuration: numberAt(numbers.averageDuration, row),
      successRate: numberAt(numbers.successRate, row),
      gpuAverageFree: numberAt(numbers.gpuAverageFree, row),
      endedAt: numberAt(numbers.endedAt, row),
      sceneCount: numberAt(numbers.sceneCount, row),
      editedAt: numberAt(numbers.editedAt, row),
      runName: textAt(texts.runName, row),
      storyId: textAt(texts.storyId, row),
      status: RUN_STATUSES.find((status) => status === textAt(texts.status, row)),
      source: textAt(texts.source, row),
      tags: optionalList(textAt(texts.tags, row)),
    }),
  }
}

/** What is in a column of JSON lists. */
export const listOf = (text: string | undefined): readonly string[] => optionalList(text) ?? []

function optionalList(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const list: unknown = JSON.parse(text)
  return Array.isArray(list) ? list.map(String) : []
}

const RUN_STATUSES: readonly RunStatus[] = ['running', 'completed', 'failed', 'interrupted']

/** Every status that a scene's column may hold. */
export const SCENE_STATUSES: readonly HistoricalSceneMetrics['status'][] = [
  'success',
  'failed',
  'timeout',
  'skipped',
]

function scenesAt(chunk: ColumnChunk, row: number): Pick<RunSummary, 'counts' | 'gpuNames'> {
  const counts = { success: 0, failed: 0, timeout: 0, skipped: 0 }
  const gpus = new Set<string>()
  for (const scene of scenesOf({ chunk, row })) {
    const status = SCENE_STATUSES.find((known) => known === textAt(chunk.sceneTexts.status, scene))
    if (status) counts[status] += 1
    const gpu = textAt(chunk.sceneTexts.gpu, scene)
    if (gpu !== undefined) gpus.add(gpu)
  }
  return { counts, gpuNames: [...gpus].sort() }
}
