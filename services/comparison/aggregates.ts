import type { HistoricalRun, HistoricalSceneMetrics, RunSummary } from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { isTimed } from './cohortOf'

type Aggregates = Pick<HistoricalRun, 'averageDuration' | 'successRate' | 'gpuAverageFree' | 'fallbackCount'>

/**
 * What a run's scenes say together, by the doc comment of HistoricalRun. What no scene tells is absent; never NaN. A scene whose
 * cached share is unknown counts as one that took nothing from cache.
 */
export function aggregatesOf(scenes: readonly HistoricalSceneMetrics[]): Aggregates {
  const counted = scenes.filter(({ status }) => status !== 'skipped')
  const successes = scenes.filter(({ status }) => status === 'success')
  return {
    fallbackCount: scenes.filter(isFallback).length,
    ...definedMembers({
      averageDuration: mean(scenes.filter(isTimed).map(({ duration }) => duration)),
      successRate: counted.length === 0 ? undefined : successes.length / counted.length,
      gpuAverageFree: mean(scenes.map(({ gpuVramFree }) => gpuVramFree)),
    }),
  }
}

/** What a list shows of a run's scenes. */
export function summaryOf(
  scenes: readonly HistoricalSceneMetrics[],
): Pick<RunSummary, 'counts' | 'gpuNames'> {
  const counts = { success: 0, failed: 0, timeout: 0, skipped: 0 }
  for (const { status } of scenes) counts[status] += 1
  const gpuNames = [...new Set(scenes.flatMap(({ gpuName }) => gpuName ?? []))].sort()
  return { counts, gpuNames }
}

const isFallback = ({ fallbackNotes, attempts, exitReason }: HistoricalSceneMetrics): boolean =>
  (fallbackNotes?.length ?? 0) > 0 || attempts > 1 || exitReason === 'postExecution'

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length
}
