import type { RunComparison } from '../../types'
import { count } from '../format/formatCount'
import { durationNotes } from './sceneByScene'

/** What a comparison rests on: how many runs, of how many kinds, what was left out, and what its ratio is of. */
export function scopeSentence(comparison: RunComparison): string {
  const { historical, evidence } = comparison
  const { excludedScenes, cohorts } = evidence
  const parts = [
    historical.length === 0
      ? 'No earlier run is like it.'
      : `${count(historical.length, 'earlier run')} like it.`,
    cohorts > 1 ? `Its scenes are of ${cohorts} kinds, each compared with its own.` : '',
    excludedScenes > 0 && historical.length > 0
      ? `${count(excludedScenes, 'scene')} left out: from cache, or none like ${excludedScenes === 1 ? 'it' : 'them'}.`
      : '',
    ...durationNotes(comparison),
  ]
  return parts.filter((part) => part !== '').join(' ')
}
