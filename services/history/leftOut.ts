import type { HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { MAX_ATTEMPTS, MAX_FALLBACK_NOTES, MAX_SCENES } from '../wire/recordLimits'
import { countAttempts } from './mergeAttempts'
import { attemptsOf } from './mergeScene'

/** What is not in a run that was made of these tellings, for a run may hold no more, in a sentence; undefined: nothing. */
export function leftOut(tellings: readonly HistoricalRun[], made: HistoricalRun): string | undefined {
  if (made.scenes.length < MAX_SCENES && !made.scenes.some(isFull)) return undefined
  const told = scenesById(tellings)
  let attempts = 0
  let notes = 0
  for (const { sceneId, attemptLog = [], fallbackNotes = [] } of made.scenes.filter(isFull)) {
    const scenes = told.get(sceneId) ?? []
    attempts += countAttempts(scenes.flatMap(attemptsOf)) - Math.max(1, attemptLog.length)
    notes += new Set(scenes.flatMap((scene) => scene.fallbackNotes ?? [])).size - fallbackNotes.length
  }
  const parts = [
    ...part(told.size - made.scenes.length, 'scene'),
    ...part(attempts, 'attempt'),
    ...part(notes, 'fallback note'),
  ]
  if (parts.length === 0) return undefined
  return `“${made.runName ?? made.runId}” has ${parts.join(', ')} more than a run may hold.`
}

function scenesById(runs: readonly HistoricalRun[]): ReadonlyMap<string, readonly HistoricalSceneMetrics[]> {
  const scenes = new Map<string, HistoricalSceneMetrics[]>()
  for (const scene of runs.flatMap((run) => run.scenes)) {
    const known = scenes.get(scene.sceneId)
    if (known) known.push(scene)
    else scenes.set(scene.sceneId, [scene])
  }
  return scenes
}

const isFull = ({ attemptLog = [], fallbackNotes = [] }: HistoricalSceneMetrics): boolean =>
  attemptLog.length >= MAX_ATTEMPTS || fallbackNotes.length >= MAX_FALLBACK_NOTES

const part = (n: number, word: string): readonly string[] =>
  n <= 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]
