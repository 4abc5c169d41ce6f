import type { Verdict } from '../../types'
import type { Shift } from '../statistics/hodgesLehmann'

/**
 * What a ratio and its 95 % interval may be called: worse or better where it is at least 5 % apart and the interval leaves out 1; same only
 * where all of the interval lies within 0.9 and 1.1.
 */
export function judgeRatio({ value, low, high }: Shift, higherIs: 'better' | 'worse'): Verdict {
  if (low === undefined || high === undefined) return 'cannot tell'
  if (low > 1 && value >= APART) return higherIs
  if (high < 1 && value <= 1 / APART) return higherIs === 'worse' ? 'better' : 'worse'
  return isSame({ value, low, high }) ? 'same' : 'cannot tell'
}

export const isSame = ({ low, high }: Shift): boolean =>
  low !== undefined && high !== undefined && low >= SAME_FROM && high <= SAME_TO

const APART = 1.05
const SAME_FROM = 0.9
const SAME_TO = 1.1
