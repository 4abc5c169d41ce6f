import type { HistoricalRun } from '../../types'
import { cohortOf } from './cohortOf'
import { DRAFT_SOURCE } from '../shared/draftSource'

/** Of these runs those that `current` may be compared with, each once: others that share a cohort with it and were measured. */
export function baselineOf(
  current: HistoricalRun,
  historical: readonly HistoricalRun[],
): readonly HistoricalRun[] {
  if (current.source === DRAFT_SOURCE) return []
  const cohorts = new Set(current.scenes.map(cohortOf))
  const seen = new Set([current.runId])
  return historical.filter(({ runId, source, scenes }) => {
    if (seen.has(runId)) return false
    seen.add(runId)
    return source !== DRAFT_SOURCE && scenes.some((scene) => cohorts.has(cohortOf(scene)))
  })
}
