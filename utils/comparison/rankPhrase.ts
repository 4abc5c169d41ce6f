import type { Estimate } from '../../types'
import { count, whole } from '../format/formatCount'
import type { AspectWords } from './aspects'
import { isRank } from './isRank'

/**
 * A rank p in words: `slower than all 34 like runs (by chance alone: 1 in 35)`, `likely slower than 31 of 34 like runs (by chance alone: 4 in 35)`;
 * undefined where the verdict does not rest on a rank. p = (1 + runs as bad or worse) ÷ (n + 1).
 */
export function rankPhrase(
  estimate: Estimate,
  words: AspectWords,
  like: 'run' | 'scene',
): string | undefined {
  const { verdict, p, n, test, likely } = estimate
  if ((verdict !== 'worse' && verdict !== 'better') || p === undefined || n < 1 || !isRank(test))
    return undefined
  const place = Math.round(p * (n + 1))
  if (place < 1 || place > n) return undefined
  const beaten = n + 1 - place
  const than = beaten === n ? `all ${count(n, `like ${like}`)}` : `${beaten} of ${count(n, `like ${like}`)}`
  return `${likely ? 'likely ' : ''}${words[verdict]} than ${than} (by chance alone: ${whole(place)} in ${whole(n + 1)})`
}
