import type { Estimate, HistoricalRun } from '../../types'
import { asRatio, hodgesLehmann } from '../statistics/hodgesLehmann'
import { mannWhitney } from '../statistics/mannWhitney'
import { moreRunsNeeded, rankOfRun } from '../statistics/rankOfRun'
import type { TwoSamples } from '../statistics/rankSums'
import { baselineRatios, type TimedScene } from './baselineRatios'
import { cohortOf, isTimed, type Cohort } from './cohortOf'
import { judgeRatio } from './judgeInterval'

/** What is told of a run's durations, and how many of its scenes and cohorts that rests on. */
export interface DurationEvidence {
  readonly estimate: Estimate
  /** The mean over its scenes of duration − median of their cohort, ms. */
  readonly delta: number
  readonly scenes: number
  readonly cohorts: number
}

/** What the others are: `runs` that were chosen, or what is usual. One earlier run tells nothing yet of what is usual. */
export type Against = 'runs' | 'baseline'

/**
 * Whether a run took longer than others, scene by scene within cohorts; the value is a ratio. Against a baseline or several runs its
 * rank among theirs, `n` counts runs; against one run that was chosen the Hodges–Lehmann shift of log durations, `n` counts the scenes
 * of both: if they are too few for an interval, more runs are needed. Absent where no scene has a like one.
 */
export function durationEvidence(
  current: readonly TimedScene[],
  baseline: readonly (readonly TimedScene[])[],
  against: Against,
): DurationEvidence | undefined {
  const others = baseline.filter((scenes) => scenes.length > 0)
  const ratios = baselineRatios(current, others)
  if (!ratios) return undefined
  const [only, ...more] = others
  const isOne = only !== undefined && more.length === 0
  // Where there is one, it is what is usual.
  const usual = isOne ? [1] : ratios.others
  const estimate =
    isOne && against === 'runs' ? againstOne(current, only) : rankOfRun(ratios.ratio, usual, 'worse')
  return estimate && { estimate, delta: ratios.delta, scenes: ratios.scenes, cohorts: ratios.cohorts }
}

/** The scenes of a run whose durations count. */
export const timedScenes = ({ scenes }: HistoricalRun): readonly TimedScene[] =>
  scenes.filter(isTimed).map((scene) => ({ cohort: cohortOf(scene), duration: scene.duration }))

function againstOne(current: readonly TimedScene[], other: readonly TimedScene[]): Estimate | undefined {
  const [mine, theirs] = [logsByCohort(current), logsByCohort(other)]
  const kinds = [...mine].map(([cohort, x]): TwoSamples => ({ x, y: theirs.get(cohort) ?? [] }))
  const [shift, test] = [hodgesLehmann(kinds), mannWhitney(kinds)]
  if (!shift || !test) return undefined
  const compared = kinds.filter(({ y }) => y.length > 0)
  return {
    ...asRatio(shift),
    n: compared.reduce((sum, { x, y }) => sum + x.length + y.length, 0),
    p: test.p,
    test: 'Hodges–Lehmann shift within cohorts',
    verdict: judgeRatio(asRatio(shift), 'worse'),
    ...(shift.low === undefined ? { moreRunsNeeded: moreRunsNeeded(1) } : {}),
  }
}

function logsByCohort(scenes: readonly TimedScene[]): ReadonlyMap<Cohort, readonly number[]> {
  const logs = new Map<Cohort, number[]>()
  for (const { cohort, duration } of scenes) {
    const known = logs.get(cohort)
    if (known) known.push(Math.log(duration))
    else logs.set(cohort, [Math.log(duration)])
  }
  return logs
}
