import type { Estimate } from '../../types'
import { count, whole } from '../format/formatCount'
import { ASPECTS, type Aspect, type AspectWords } from './aspects'
import { inDirection } from './inDirection'
import { formatPoints, formatRange, formatRatio } from './formatRatio'
import { THIN } from '../format/thin'
import { isRank } from './isRank'
import { rankPhrase } from './rankPhrase'

/** The shape that stands for a verdict: ↑, ↓, →, or a question mark in a dashed ring. */
export type TrendShape = 'worse' | 'better' | 'same' | 'unknown'

/** An estimate in the words that may be said of it, for a look and for a screen reader. */
export interface EstimateWords {
  readonly shape: TrendShape
  /** `slower`, `likely faster`, `no change shown`, `cannot tell yet: 3 more runs needed`. */
  readonly word: string
  /** `1.23×` before `slower`: how many times; `0.98× as long:`, `failures +8 points:`. Absent where nothing was compared. */
  readonly size?: string
  /** `0.98–1.34`. */
  readonly interval?: string
  /** What the interval is: `against the fastest and slowest of 12`, `95 % interval`. */
  readonly intervalName?: string
  /** What goes beyond the word: `slower than all 34 like runs (by chance alone: 1 in 35)`. */
  readonly phrase: string
  /** Read out: `Scene duration: 1.2 times the usual, slower than all 34 like runs, worse`. */
  readonly sentence: string
}

/** Words of an estimate that may be missing: then nothing was like it, and nothing can be told. `like`: what `n` counts. */
export function describeEstimate(
  estimate: Estimate | undefined,
  aspect: Aspect,
  like: 'run' | 'scene' = 'run',
): EstimateWords {
  const words = ASPECTS[aspect]
  if (!estimate)
    return {
      shape: 'unknown',
      word: 'cannot tell',
      phrase: NOTHING_LIKE_IT,
      sentence: `${words.name}: ${NOTHING_LIKE_IT}`,
    }
  const word = wordOf(estimate, words)
  const phrase = rankPhrase(estimate, words, like) ?? word
  return {
    shape: shapeOf(estimate),
    word,
    phrase,
    sentence: sentenceOf(estimate, words, phrase),
    ...(estimate.n === 0 ? {} : { size: sizeOf(estimate, words) }),
    ...intervalOf(estimate, words),
  }
}

const NOTHING_LIKE_IT = 'cannot tell: no earlier run is like it'

function shapeOf({ verdict }: Estimate): TrendShape {
  return verdict === 'cannot tell' ? 'unknown' : verdict
}

function wordOf({ verdict, likely, moreRunsNeeded, p, test, n }: Estimate, words: AspectWords): string {
  switch (verdict) {
    case 'worse':
    case 'better':
      return `${likely ? 'likely ' : ''}${words[verdict]}`
    case 'same':
      return 'no change shown'
    case 'cannot tell':
      if (moreRunsNeeded !== undefined && moreRunsNeeded > 0)
        return `cannot tell yet: ${count(moreRunsNeeded, 'more run')} needed`
      // Enough runs, ranked, and in the midst of them: that much can be said.
      return isRank(test) && p !== undefined && n > 0 ? 'no change shown' : 'cannot tell'
  }
}

/** `1.25×` before `faster`, which is how many times; a ratio that its word does not measure says what it is. */
function sizeOf(estimate: Estimate, words: AspectWords): string {
  const { value, verdict } = estimate
  const isDirected = verdict === 'worse' || verdict === 'better'
  // Its row names the success rate, which goes the other way.
  if (words.scale === 'difference') return `${isDirected ? '' : 'failures '}${formatPoints(-value)}:`
  const ratio = formatRatio(inDirection(estimate, isInverse(estimate, words)).value)
  return isDirected && words.of === undefined ? ratio : `${ratio} ${words.as}:`
}

/** Whether the word measures what the ratio is the inverse of. */
const isInverse = ({ verdict, value }: Estimate, { scale, of }: AspectWords): boolean =>
  scale === 'ratio' && of === undefined && verdict === 'better' && value > 0 && value < 1

function intervalOf(
  estimate: Estimate,
  words: AspectWords,
): Pick<EstimateWords, 'interval' | 'intervalName'> {
  const { low, high } = inDirection(estimate, isInverse(estimate, words))
  if (low === undefined || high === undefined) return {}
  const interval =
    words.scale === 'difference' ? `${formatPoints(-high)} to ${formatPoints(-low)}` : formatRange(low, high)
  const { test, n } = estimate
  const intervalName = isRank(test) ? `against the ${words.ends} of ${whole(n)}` : `95${THIN}% interval`
  return { interval, intervalName }
}

function sentenceOf(estimate: Estimate, words: AspectWords, phrase: string): string {
  const { verdict, n } = estimate
  const said = phrase.replace(/ \(.*\)$/, '')
  const judged = verdict === 'worse' || verdict === 'better' ? [verdict] : []
  return `${words.name}: ${[...(n === 0 ? [] : [againstUsual(estimate, words)]), said, ...judged].join(', ')}`
}

function againstUsual(estimate: Estimate, words: AspectWords): string {
  const { value } = estimate
  if (words.scale === 'difference')
    return `${formatPoints(-value).replace(/^[+−]/, '')} ${value < 0 ? 'more' : 'fewer'} than usual`
  const inverse = isInverse(estimate, words)
  const times = inDirection(estimate, inverse).value
  const usual = inverse ? 'as fast as usual' : `the usual${words.of === undefined ? '' : ` ${words.of}`}`
  return `${Number(times.toFixed(times < 10 ? 1 : 0))} times ${usual}`
}
