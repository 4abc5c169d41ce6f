import type { DurationChart } from '../../types'
import type { ChartFlag, ChartTarget } from './chartTypes'
import { FLAG_ROW_PX, FLAG_TOP_PX, type DurationLayout } from './durationLayout'
import type { DurationShape } from './durationShape'
import { changeLabel, changeTip, markTip, pointTip, unmeasuredTip } from './durationWords'
import { FLAG_BARE_PX, flagWidth } from './layFlags'

/** What of a duration chart can be hidden by its legend. */
export type DurationPart = 'runs' | 'smooth' | 'usual' | 'failed' | 'timeout' | 'unmeasured'

/** Everything that can be pointed at and opened, from left to right. */
export function durationTargets(
  chart: DurationChart,
  shape: DurationShape,
  layout: DurationLayout,
  hidden: ReadonlySet<string>,
): readonly ChartTarget[] {
  const { x, y, aboveY, laneY } = layout
  const place = (item: { readonly runId: string; readonly at: number }): number => x(shape.x.placeOf(item))
  const runs = chart.points.map((point) => ({
    id: `run ${point.runId}`,
    x: place(point),
    y: y(point.value),
    runId: point.runId,
    tip: (now: number) => pointTip(chart, point, now),
  }))
  const marks = [...shape.marks, ...shape.above]
    .filter(({ kind }) => !hidden.has(kind))
    .map((mark) => ({
      id: `scene ${mark.runId} ${mark.sceneId}`,
      x: place(mark),
      y: mark.value > shape.y.domain[1] ? aboveY : y(mark.value),
      runId: mark.runId,
      sceneId: mark.sceneId,
      tip: (now: number) => markTip(mark, now),
    }))
  const lane = chart.unmeasured.map((run) => ({
    id: `lane ${run.runId}`,
    x: place(run),
    y: laneY,
    runId: run.runId,
    tip: (now: number) => unmeasuredTip(run, now),
  }))
  const shown = [...(hidden.has('runs') ? [] : runs), ...marks, ...(hidden.has('unmeasured') ? [] : lane)]
  return shown.sort((a, b) => a.x - b.x)
}

/** The flags of its change points, from left to right. */
export const durationFlags = (chart: DurationChart, layout: DurationLayout): readonly ChartFlag[] =>
  chart.changePoints.flatMap((change, i) => {
    const flag = layout.flags[i]
    if (!flag) return []
    const width = flag.text === '' ? FLAG_BARE_PX : flagWidth(flag.text)
    const { value, usual = '' } = changeTip(change)
    return [
      {
        id: `change ${change.runId}`,
        name: `${changeLabel(change)}. ${value}. ${usual}`,
        x: flag.x,
        y: FLAG_TOP_PX + flag.row * FLAG_ROW_PX,
        left: flag.side === 'start' ? flag.x - 2 : flag.x - width + 2,
        width,
        runId: change.runId,
        tip: () => changeTip(change),
      },
    ]
  })
