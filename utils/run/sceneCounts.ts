import { summaryOf } from '../../services/comparison/aggregates'
import type { HistoricalRun, RunSummary } from '../../types'
import { count, whole } from '../format/formatCount'

/** How many scenes of a saved run ended as what. */
export type SceneCounts = RunSummary['counts']

/** Of a run's record; a row of a list has them. */
export const countScenes = (scenes: HistoricalRun['scenes']): SceneCounts => summaryOf(scenes).counts

/** A run's completed scenes, and all of them, those that are not known included. */
export function sceneTotals({
  counts,
  sceneCount = 0,
}: {
  readonly counts: SceneCounts
  readonly sceneCount?: number | undefined
}): { readonly done: number; readonly of: number } {
  const known = counts.success + counts.failed + counts.timeout + counts.skipped
  return { done: counts.success, of: Math.max(sceneCount, known) }
}

/** Scenes that did not succeed though they should have. */
export const failedScenes = ({ failed, timeout }: SceneCounts): number => failed + timeout

/** `2 of 4 scenes completed, 1 failed, 1 timeout` */
export function countsSentence(counts: SceneCounts): string {
  const judged = counts.success + failedScenes(counts)
  const rest = endedAs(counts, ['failed', 'timeout', 'skipped'])
  return [`${whole(counts.success)} of ${count(judged, 'scene')} completed`, ...rest].join(', ')
}

/** `1 failed, 1 timeout`: what a run that went to its end is not called completed for; undefined where nothing failed. */
export const failuresWord = (counts: SceneCounts): string | undefined =>
  endedAs(counts, ['failed', 'timeout']).join(', ') || undefined

const endedAs = (counts: SceneCounts, statuses: readonly (keyof SceneCounts)[]): readonly string[] =>
  statuses.flatMap((status) => (counts[status] > 0 ? [`${whole(counts[status])} ${status}`] : []))
