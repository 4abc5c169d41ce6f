import type { Estimate, HistoricalRun, RunStatus } from '../../types'
import { count, whole } from '../format/formatCount'
import { countScenes, sceneTotals, type SceneCounts } from '../run/sceneCounts'
import { describeEstimate, type EstimateWords } from './describeEstimate'

/** What of a run decides how its speed may be told. */
export interface JudgedRun {
  readonly status?: RunStatus | undefined
  readonly counts: SceneCounts
  readonly sceneCount?: number | undefined
}

/** Of a run's record; a row of a list is one. */
export const judgedRun = ({ status, scenes, sceneCount }: HistoricalRun): JudgedRun => ({
  status,
  counts: countScenes(scenes),
  sceneCount,
})

/** How long a run's scenes took, in words. */
export interface RunWords extends EstimateWords {
  /** Only some of its scenes completed: the words are of those, and say so; they do not speak for the run. */
  readonly isPartial: boolean
}

/**
 * A run's duration against runs like it. Nothing is judged while it goes on: looked at often enough, any run is once the fastest.
 * Where scenes failed, timed out or were skipped, those that are left decide, and they may be the quick ones.
 */
export function describeRun(estimate: Estimate | undefined, run: JudgedRun): RunWords {
  if (run.status === 'running') return STILL_RUNNING
  const { done, of } = sceneTotals(run)
  if (done === 0 && of > 0) return NONE_COMPLETED
  const words = describeEstimate(estimate, 'duration')
  if (!estimate || done === of) return { ...words, isPartial: false }
  const basis = `of the ${whole(done)} of ${count(of, 'scene')} that completed`
  return {
    ...words,
    phrase: `${words.phrase}, ${basis}`,
    sentence: `${words.sentence}, ${basis}`,
    isPartial: true,
  }
}

const said = (word: string, phrase: string): RunWords => ({
  shape: 'unknown',
  word,
  phrase,
  sentence: `Scene duration: ${phrase}`,
  isPartial: true,
})

const STILL_RUNNING = said('still running', 'still running: compared when it has ended')
const NONE_COMPLETED = said('cannot tell', 'cannot tell: no scene completed')
