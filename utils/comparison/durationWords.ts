import type { RunComparison } from '../../types'
import { count, whole } from '../format/formatCount'
import { describeRun, judgedRun, type RunWords } from './describeRun'
import { likeDurations, type LikeDurations } from './likeDurations'
import { isAtOdds, saySceneByScene } from './sceneByScene'

/**
 * How long a run's scenes took against others', in words. They say so where they are of each scene and not of the averages, and
 * where they are of some of its scenes only.
 */
export function durationWords(comparison: RunComparison): RunWords {
  const { current, evidence } = comparison
  const words = describeRun(evidence.duration, judgedRun(current))
  const like = likeDurations(comparison)
  if (!evidence.duration || !like || words.size === undefined) return words
  return sayPart(isAtOdds(like, evidence.duration.value) ? saySceneByScene(words) : words, like)
}

/** Those that nothing was like decide nothing, as those that did not complete. */
function sayPart(words: RunWords, { scenes, of }: LikeDurations): RunWords {
  if (scenes === of || words.isPartial) return words
  const basis = `of the ${whole(scenes)} of ${count(of, 'scene')} that earlier ones are like`
  return {
    ...words,
    phrase: `${words.phrase}, ${basis}`,
    sentence: `${words.sentence}, ${basis}`,
    isPartial: true,
  }
}
