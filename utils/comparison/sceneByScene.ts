import type { RunComparison } from '../../types'
import { count, whole } from '../format/formatCount'
import { formatDuration } from '../format/formatDuration'
import type { RunWords } from './describeRun'
import { likeDurations, type LikeDurations } from './likeDurations'

/**
 * Whether the averages now and usual say something else than the ratio that is shown beside them: the other way, or by more than
 * 10 %. The ratio is the geometric mean over the scenes, each against its own cohort; in an average long scenes weigh more.
 */
export function isAtOdds({ now, usual }: Pick<LikeDurations, 'now' | 'usual'>, ratio: number): boolean {
  const gap = now / usual / ratio
  if (Math.max(gap, 1 / gap) > SAME_TO) return true
  return formatDuration(now) !== formatDuration(usual) && now > usual !== ratio > 1
}

/** Up to here two ratios are called the same. */
const SAME_TO = 1.1

/** The words of a ratio that is at odds with the averages beside it: they say that it is scene by scene. */
export function saySceneByScene(words: RunWords): RunWords {
  const { size, word, phrase, sentence } = words
  if (size === undefined) return words
  const read = { sentence: sentence.replace(', ', `${BY_SCENE}, `) }
  return size.endsWith(':')
    ? { ...words, ...read, size: size.replace(/:$/, `${BY_SCENE}:`) }
    : { ...words, ...read, word: `${word}${BY_SCENE}`, phrase: phrase.replace(word, `${word}${BY_SCENE}`) }
}

const BY_SCENE = ' scene by scene'

/** What a ratio of durations is of, where the average beside it is of more scenes or says something else; in sentences. */
export function durationNotes(comparison: RunComparison): readonly string[] {
  const like = likeDurations(comparison)
  if (!like) return []
  const { current, evidence } = comparison
  const ratio = current.status === 'running' ? undefined : evidence.duration?.value
  return [
    ...(like.scenes < like.of ? [partSentence(like)] : []),
    ...(ratio !== undefined && isAtOdds(like, ratio) ? [WHY_AT_ODDS] : []),
  ]
}

function partSentence({ now, usual, scenes, of }: LikeDurations): string {
  const [have, them] = scenes === 1 ? ['has', 'it'] : ['have', 'them']
  const took = `${formatDuration(now)}${scenes === 1 ? '' : ' on average'}, usually ${formatDuration(usual)}`
  return `Of the ${count(of, 'scene')} in its average ${whole(scenes)} ${have} earlier ones like ${them}: ${took}.`
}

const WHY_AT_ODDS = 'The ratio counts each of its scenes alike; in an average long scenes weigh more.'
