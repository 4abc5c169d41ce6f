import { definedMembers } from '../shared/definedMembers'
import { Z95 } from './normal'

/** How long something took, or, censored, was seen not to have ended. */
export interface Lifetime {
  readonly time: number
  readonly isCensored: boolean
}
/** The share that takes longer than `time`, with its 95 % interval. */
export interface SurvivalStep {
  readonly time: number
  readonly survival: number
  readonly low: number
  /** Absent where nobody is left: the variance is undefined there. */
  readonly high?: number
}

/**
 * The Kaplan–Meier estimate, a step for each time at which something ended; intervals by Greenwood's variance on the scale of
 * log(−log S). What ends at a time of censoring ended before it.
 */
export function kaplanMeier(lifetimes: readonly Lifetime[]): readonly SurvivalStep[] {
  const ended = sortedTimes(lifetimes, false)
  const censored = sortedTimes(lifetimes, true)
  const steps: SurvivalStep[] = []
  let [survival, greenwood, left] = [1, 0, 0]
  for (let from = 0; from < ended.length;) {
    const time = ended[from] ?? 0
    let to = from
    while (ended[to] === time) to++
    while ((censored[left] ?? Infinity) < time) left++
    const atRisk = ended.length - from + censored.length - left
    const now = to - from
    from = to
    survival *= (atRisk - now) / atRisk
    greenwood += now / (atRisk * (atRisk - now))
    steps.push({ time, survival, ...intervalOf(survival, greenwood) })
  }
  return steps
}

/** As numbers alone, for those are sorted ten times as fast. */
const sortedTimes = (lifetimes: readonly Lifetime[], isCensored: boolean): Float64Array =>
  Float64Array.from(
    lifetimes.filter((each) => each.isCensored === isCensored),
    ({ time }) => time,
  ).sort()

/**
 * The time within which this share (0–1) has ended, with Brookmeyer and Crowley's 95 % interval (Biometrics 38, 1982). What the
 * curve never reaches cannot be estimated and is absent, the upper bound as well as the value.
 */
export function survivalQuantile(
  steps: readonly SurvivalStep[],
  share: number,
): { readonly value: number; readonly low?: number; readonly high?: number } | undefined {
  const timeOf = (level: (step: SurvivalStep) => number | undefined): number | undefined =>
    steps.find((step) => (level(step) ?? 1) <= 1 - share + ROUNDING)?.time
  const value = timeOf(({ survival }) => survival)
  if (value === undefined) return undefined
  return { value, ...definedMembers({ low: timeOf(({ low }) => low), high: timeOf(({ high }) => high) }) }
}

/** Products of fractions miss a share such as ½ by so much. */
const ROUNDING = 1e-12

function intervalOf(survival: number, greenwood: number): { low: number; high?: number } {
  if (survival === 0) return { low: 0 }
  const logSurvival = Math.log(survival)
  const half = (Z95 * Math.sqrt(greenwood)) / logSurvival
  return { low: Math.exp(logSurvival * Math.exp(-half)), high: Math.exp(logSurvival * Math.exp(half)) }
}
