import type { Verdict } from '../../types'
import type { Shift } from '../statistics/hodgesLehmann'
import { newcombe, type Rate } from '../statistics/newcombe'

/**
 * What a ratio and its 95 % interval may be called: worse or better where it is at least 5 % apart and the interval leaves out 1; same
 * only where all of the interval lies within 0.9 and 1.1.
 */
export function judgeRatio({ value, low, high }: Shift, higherIs: 'better' | 'worse'): Verdict {
  if (low === undefined || high === undefined) return 'cannot tell'
  if (low > 1 && value >= APART) return higherIs
  if (high < 1 && value <= 1 / APART) return higherIs === 'worse' ? 'better' : 'worse'
  return isSame({ value, low, high }) ? 'same' : 'cannot tell'
}

/** All of a ratio's 95 % interval lies within 0.9 and 1.1. */
const isSame = ({ low, high }: Shift): boolean =>
  low !== undefined && high !== undefined && low >= SAME_FROM && high <= SAME_TO

/** All of it lies within 0.95 and 1.05: of 30 unchanged runs with the usual noise hardly any are called so by luck. */
export const isSteady = ({ low, high }: Shift): boolean =>
  low !== undefined && high !== undefined && low >= STEADY_FROM && high <= STEADY_TO

/** The same of two rates: their difference is shown to be less than 10 points. */
export function isSameRate(rate: Rate, other: Rate): boolean {
  const difference = newcombe(rate, other)
  return difference !== undefined && difference.low >= -SAME_RATE && difference.high <= SAME_RATE
}

const APART = 1.05
const SAME_FROM = 0.9
const SAME_TO = 1.1
const STEADY_FROM = 0.95
const STEADY_TO = 1.05
const SAME_RATE = 0.1
