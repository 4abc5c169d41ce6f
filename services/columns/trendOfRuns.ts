import type { ChangePoint, Metric, Trend, Verdict } from '../../types'
import { trendMetrics } from '../comparison/trendMetrics'
import { trendOf } from '../comparison/trendOf'
import type { TrendRun } from '../comparison/trendRunOf'
import { createTrendReader, type TrendReader } from './createTrendReader'
import { measuredRuns } from './measured'
import { orderRuns } from './orderRuns'
import type { RunRef, Selection } from './selection'
import { thinEvenly, thinExtremes } from './thin'

/** More points than that are thinned, of each stretch the least and the greatest. */
const POINTS = 2_000
/** The change-point test takes so many values: the newest runs, one by one, and all of them in so many stretches. */
const TESTED = 200
/** Runs that stand for a stretch. */
const PER_STRETCH = 8

/**
 * A metric of the selected runs over time, as `trendOf` tells it of the newest 200. Where there are more, changes of the whole time
 * are sought besides, in stretches of equal length: that finds what the newest runs alone can't show, to within a stretch.
 */
export function trendOfRuns(selected: Selection, metric: Metric): Trend {
  const selection = measuredRuns(selected)
  const newestFirst = orderRuns(selection)
  const read = createTrendReader(selection)
  const points: Trend['points'][number][] = []
  const measured: RunRef[] = []
  for (let index = newestFirst.length - 1; index >= 0; index--) {
    const ref = newestFirst.at(index)
    const point = ref && read.point(ref, metric)
    if (!ref || !point) continue
    points.push(point)
    measured.push(ref)
  }
  const newest = measured.slice(-TESTED).map(read.run)
  const trend = trendOf(metric, newest)
  const whole = measured.length > TESTED ? trendOf(metric, stretchesOf(measured, read)).changePoints : []
  const changePoints = changesOf(whole, trend.changePoints, newest[0]?.timestamp ?? 0)
  return {
    ...trend,
    points: thinExtremes(points, POINTS),
    changePoints,
    verdict:
      trend.changePoints.length > 0 ? trend.verdict : (directionOf(changePoints, metric) ?? trend.verdict),
  }
}

/** Each stretch as one run: its first, with the scenes of some of its runs. */
function stretchesOf(runs: readonly RunRef[], read: TrendReader): readonly TrendRun[] {
  return Array.from({ length: TESTED }, (_, stretch) => {
    const from = Math.floor((stretch * runs.length) / TESTED)
    const to = Math.floor(((stretch + 1) * runs.length) / TESTED)
    return thinEvenly(runs.slice(from, to), PER_STRETCH).map(read.run)
  }).flatMap((some) => {
    const [first] = some
    return first ? { ...first, scenes: some.flatMap(({ scenes }) => scenes) } : []
  })
}

/** What the newest runs show one by one outranks what stretches show of the same time. */
function changesOf(
  whole: readonly ChangePoint[],
  newest: readonly ChangePoint[],
  from: number,
): readonly ChangePoint[] {
  return [...whole.filter(({ timestamp }) => newest.length === 0 || timestamp < from), ...newest]
}

function directionOf(changePoints: readonly ChangePoint[], metric: Metric): Verdict | undefined {
  const last = changePoints.at(-1)
  const { higherIs } = trendMetrics[metric]
  if (!last || !higherIs) return undefined
  return last.ratio > 1 === (higherIs === 'worse') ? 'worse' : 'better'
}
