import type { Metric, Trend } from '../../types'
import { trendOf } from '../comparison/trendOf'
import type { TrendRun } from '../comparison/trendRunOf'
import { createTrendReader } from './createTrendReader'
import { measuredRuns } from './measured'
import { orderRuns } from './orderRuns'
import type { Selection } from './selection'
import { thinExtremes } from './thin'

/** More points than that are thinned, of each stretch the least and the greatest. */
const POINTS = 2_000
/** Changes are sought among so many of the newest runs that have a value (analysis.md, "Trend and change points"). */
const TESTED = 200

/** A metric of the selected runs over time, as `trendOf` tells it. */
export function trendOfRuns(selected: Selection, metric: Metric): Trend {
  const selection = measuredRuns(selected)
  const newestFirst = orderRuns(selection)
  const read = createTrendReader(selection)
  const points: Trend['points'][number][] = []
  const tested: TrendRun[] = []
  for (let index = 0; index < newestFirst.length; index++) {
    const ref = newestFirst.at(index)
    const point = ref && read.point(ref, metric)
    if (!ref || !point) continue
    points.push(point)
    if (tested.length < TESTED) tested.push(read.run(ref))
  }
  return { ...trendOf(metric, tested), points: thinExtremes(points.reverse(), POINTS) }
}
