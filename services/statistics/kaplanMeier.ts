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
  const sorted = [...lifetimes].sort((a, b) => a.time - b.time)
  const steps: SurvivalStep[] = []
  let [survival, greenwood] = [1, 0]
  for (let from = 0; from < sorted.length;) {
    const time = sorted[from]?.time ?? 0
    let to = from
    let ended = 0
    for (; sorted[to]?.time === time; to++) if (!sorted[to]?.isCensored) ended++
    const atRisk = sorted.length - from
    from = to
    if (ended === 0) continue
    survival *= (atRisk - ended) / atRisk
    greenwood += ended / (atRisk * (atRisk - ended))
    steps.push({ time, survival, ...intervalOf(survival, greenwood) })
  }
  return steps
}

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
