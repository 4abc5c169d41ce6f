import type { ChangePoint, Metric, Trend, Verdict } from '../../types'
import { eDivisive, LEAST_SIDE, type Split } from '../statistics/eDivisive'
import { asRatio, hodgesLehmann, type Shift } from '../statistics/hodgesLehmann'
import { meanShift } from '../statistics/meanShift'
import type { Rate } from '../statistics/newcombe'
import { differingFacts } from './differingFacts'
import { isSameRate, isSteady } from './judgeInterval'
import { likeForLike } from './likeForLike'
import { trendMetrics, type TrendMetric } from './trendMetrics'
import type { TrendRun } from './trendRunOf'
import { trendSeries, type TestedRun } from './trendSeries'

/**
 * A metric over time: a point for each run that has a value, oldest first, in the metric's unit; and where it changed for good among
 * the newest 200 of them, by the change-point test alone. Worse or better is the direction of the last change; same needs an
 * interval that shows it; under 8 runs nothing can be told. `n` counts the runs that were looked at. Runs may come in any order; a
 * run that comes twice counts once.
 */
export function trendOf(metric: Metric, runs: readonly TrendRun[]): Trend {
  const how = trendMetrics[metric]
  const { points, tested } = trendSeries(how, runs)
  const splits = eDivisive(valuesOf(tested), (from, at, to) =>
    isWorthNaming(shiftOf(how, tested.slice(from, at), tested.slice(at, to))),
  )
  const changePoints = splits.flatMap((split, i) => changeAt(split, splits, i, tested, how) ?? [])
  return { metric, points, changePoints, verdict: verdictOf(how, changePoints, tested), n: tested.length }
}

const LEAST_SHIFT = Math.log(1.1)

/** By how much the later runs lie above the earlier ones; undefined where nothing of one side is like anything of the other. */
function shiftOf(
  how: TrendMetric,
  before: readonly TestedRun[],
  after: readonly TestedRun[],
): Shift | undefined {
  if (how.isEvent) return meanShift(valuesOf(after), valuesOf(before))
  if (how.isPerCohort) return hodgesLehmann(likeForLike(after, before))
  return hodgesLehmann([{ x: valuesOf(after), y: valuesOf(before) }])
}

const isWorthNaming = (shift: Shift | undefined): boolean =>
  Math.abs(shift?.value ?? 0) >= LEAST_SHIFT && ((shift?.low ?? -1) > 0 || (shift?.high ?? 1) < 0)

/** From the change before to the change after it. */
function changeAt(
  { index, p }: Split,
  splits: readonly Split[],
  place: number,
  tested: readonly TestedRun[],
  how: TrendMetric,
): ChangePoint | undefined {
  const before = tested.slice(splits[place - 1]?.index ?? 0, index)
  const after = tested.slice(index, splits[place + 1]?.index)
  const [first] = after
  const shift = shiftOf(how, before, after)
  if (!first || !shift) return undefined
  const { value, low = value, high = value } = asRatio(shift)
  const differs = differingFacts(factsOf(before), factsOf(after))
  return { runId: first.run.runId, timestamp: first.run.timestamp, ratio: value, low, high, p, differs }
}

const valuesOf = (tested: readonly TestedRun[]): readonly number[] => tested.map(({ value }) => value)
const factsOf = (tested: readonly TestedRun[]) => tested.map(({ run }) => run.facts)

function verdictOf(
  how: TrendMetric,
  changePoints: readonly ChangePoint[],
  tested: readonly TestedRun[],
): Verdict {
  const last = changePoints.at(-1)
  if (last && how.higherIs) return last.ratio > 1 === (how.higherIs === 'worse') ? 'worse' : 'better'
  if (last || tested.length < 2 * LEAST_SIDE) return 'cannot tell'
  const half = tested.length >> 1
  return isUnchanged(how, tested.slice(0, half), tested.slice(half)) ? 'same' : 'cannot tell'
}

function isUnchanged(how: TrendMetric, earlier: readonly TestedRun[], later: readonly TestedRun[]): boolean {
  if (how.isEvent) return isSameRate(rateOf(how.isEvent, earlier), rateOf(how.isEvent, later))
  const shift = shiftOf(how, earlier, later)
  return shift !== undefined && isSteady(asRatio(shift))
}

function rateOf(isEvent: NonNullable<TrendMetric['isEvent']>, tested: readonly TestedRun[]): Rate {
  const events = tested.flatMap(({ run }) => run.scenes.flatMap((scene) => isEvent(scene) ?? []))
  return { count: events.filter(Boolean).length, of: events.length }
}
