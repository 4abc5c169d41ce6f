import type { DurationChart } from '../../types'
import { changeLabel, changeRatio } from './durationWords'
import type { DurationShape } from './durationShape'
import { layFlags, type PlacedFlag } from './layFlags'
import { linearScale, logScale, type Scale } from './scale'

/** The plot within the svg, px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
/** Where everything of a duration chart stands, px; higher than was asked where flags and strips leave the plot no room. */
export interface DurationLayout {
  readonly width: number
  readonly height: number
  readonly box: Box
  readonly x: Scale
  readonly y: Scale
  readonly flags: readonly PlacedFlag[]
  /** The middle of the strip for marks beyond the axis. */
  readonly aboveY: number
  /** The middle of the lane for runs without a duration. */
  readonly laneY: number
}

const Y_AXIS_PX = 56
const X_AXIS_PX = 24
export const FLAG_ROW_PX = 20
/** Where the first row of flags begins. */
export const FLAG_TOP_PX = 4
const RIGHT_PX = 12
const TOP_PX = 8
/** Room for an arrow and a limit's name at the upper end. */
const CROWN_PX = 14
const STRIP_PX = 30
const LANE_PX = 20
/** A plot lower than this shows nothing: the chart grows instead. */
const LEAST_PX = 44

export function layOutDuration(
  chart: DurationChart,
  shape: DurationShape,
  width: number,
  height: number,
): DurationLayout {
  const plotWidth = Math.max(40, width - Y_AXIS_PX - RIGHT_PX)
  const right = Y_AXIS_PX + plotWidth
  const x = linearScale(shape.x.domain, [Y_AXIS_PX, right])
  const flags = layFlags(
    chart.changePoints.map((change) => ({
      x: x(changePlace(shape, change)),
      text: changeLabel(change),
      short: changeRatio(change.ratio),
    })),
    Y_AXIS_PX,
    right,
  )
  const strip = shape.above.length > 0 ? STRIP_PX : 0
  const rows = flags.reduce((most, { row }) => Math.max(most, row + 1), 0)
  const top = TOP_PX + rows * FLAG_ROW_PX + strip + (isCrowned(shape) ? CROWN_PX : 0)
  const lane = chart.unmeasured.length > 0 ? LANE_PX : 0
  const box = {
    left: Y_AXIS_PX,
    top,
    width: plotWidth,
    height: Math.max(LEAST_PX, height - top - X_AXIS_PX - lane),
  }
  const scaleY = shape.y.scale === 'log' ? logScale : linearScale
  return {
    width,
    height: top + box.height + X_AXIS_PX + lane,
    box,
    x,
    y: scaleY(shape.y.domain, [top + box.height, top]),
    flags,
    aboveY: TOP_PX + rows * FLAG_ROW_PX + 10,
    laneY: top + box.height + X_AXIS_PX + LANE_PX / 2,
  }
}

/** A change lies between the run that it is told of and the one before. */
const changePlace = (
  { x }: DurationShape,
  { runId, timestamp }: DurationChart['changePoints'][number],
): number => x.placeOf({ runId, at: timestamp }) - (x.by === 'run' ? 0.5 : 0)

const isCrowned = ({ marks, y }: DurationShape): boolean =>
  marks.some(({ kind, value }) => kind === 'timeout' && value > 0.9 * y.domain[1])
