import type { HistoricalRun } from '../../types'
import { cohortOf } from './cohortOf'

/** Placeholder figures, not measurements. */
const UNMEASURED = 'gemdirect1-draft'

/** Of these runs those that `current` may be compared with, each once: others that share a cohort with it and were measured. */
export function baselineOf(
  current: HistoricalRun,
  historical: readonly HistoricalRun[],
): readonly HistoricalRun[] {
  if (current.source === UNMEASURED) return []
  const cohorts = new Set(current.scenes.map(cohortOf))
  const seen = new Set([current.runId])
  return historical.filter(({ runId, source, scenes }) => {
    if (seen.has(runId)) return false
    seen.add(runId)
    return source !== UNMEASURED && scenes.some((scene) => cohorts.has(cohortOf(scene)))
  })
}
