import type { RunComparison } from '../../types'
import { count } from '../format/formatCount'

/** What a comparison rests on: how many runs, of how many kinds, and what was left out. */
export function scopeSentence({ historical, evidence }: RunComparison): string {
  const { excludedScenes, cohorts } = evidence
  const parts = [
    historical.length === 0
      ? 'No earlier run is like it.'
      : `${count(historical.length, 'earlier run')} like it.`,
    cohorts > 1 ? `Its scenes are of ${cohorts} kinds, each compared with its own.` : '',
    excludedScenes > 0 && historical.length > 0
      ? `${count(excludedScenes, 'scene')} left out: from cache, or none like ${excludedScenes === 1 ? 'it' : 'them'}.`
      : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
