import type { RateEstimate, RunGroup } from '../../types'
import type { Box } from './durationLayout'
import { linearScale, type Scale } from './scale'
import type { RatesShape } from './ratesShape'

/** A rate's bar, px. */
export interface RateBar {
  readonly kind: 'success' | 'timeout'
  readonly rate: RateEstimate
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
/** A group's place: its whole band, its bars, where its name and its figures stand. */
export interface RateBand {
  readonly group: RunGroup
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly bars: readonly RateBar[]
}
export interface RatesLayout {
  readonly layout: RatesShape['layout']
  readonly width: number
  readonly height: number
  readonly box: Box
  /** From a share, 0 to 1, to px. */
  readonly share: Scale
  readonly bands: readonly RateBand[]
  /** Names stand over their bars where there is no room beside them. */
  readonly isNarrow: boolean
}

const AXIS_PX = 24
const NARROW_PX = 560
const NAME_PX = 168
const FIGURES_PX = 128
const ROW_PX = { wide: 36, narrow: 52 } as const
const EDGE_PX = 12

/** How many days there is room for. */
export const columnsIn = (width: number): number => Math.max(4, Math.floor((width - 56 - EDGE_PX) / 12))

export const layOutRates = (shape: RatesShape, width: number, height: number): RatesLayout =>
  shape.layout === 'rows' ? layOutRows(shape, width) : layOutColumns(shape, width, height)

function layOutRows({ groups }: RatesShape, width: number): RatesLayout {
  const isNarrow = width < NARROW_PX
  const row = isNarrow ? ROW_PX.narrow : ROW_PX.wide
  const left = isNarrow ? EDGE_PX : NAME_PX
  const right = isNarrow ? EDGE_PX : FIGURES_PX
  const box = { left, top: 4, width: Math.max(40, width - left - right), height: row * groups.length }
  const share = linearScale([0, 1], [left, left + box.width])
  const bands = groups.map((group, i) => {
    const y = box.top + i * row
    const first = y + (isNarrow ? 24 : 7)
    const bar = (kind: RateBar['kind'], at: number, tall: number): RateBar => ({
      kind,
      rate: group[kind],
      x: left,
      y: at,
      width: share(shareOf(group[kind])) - left,
      height: tall,
    })
    return {
      group,
      x: 0,
      y,
      width,
      height: row,
      bars: [bar('success', first, 12), bar('timeout', first + 15, 7)],
    }
  })
  return { layout: 'rows', width, height: box.top + box.height + AXIS_PX, box, share, bands, isNarrow }
}

function layOutColumns({ groups }: RatesShape, width: number, height: number): RatesLayout {
  const box = {
    left: 56,
    top: 12,
    width: Math.max(40, width - 56 - EDGE_PX),
    height: Math.max(60, height - 12 - AXIS_PX),
  }
  const bottom = box.top + box.height
  const share = linearScale([0, 1], [bottom, box.top])
  const band = box.width / Math.max(1, groups.length)
  // A lone day is no wall.
  const wide = Math.min(28, band * 0.45)
  const bands = groups.map((group, i) => {
    const x = box.left + i * band
    const bar = (kind: RateBar['kind'], at: number, across: number): RateBar => {
      const top = share(shareOf(group[kind]))
      return { kind, rate: group[kind], x: at, y: top, width: across, height: bottom - top }
    }
    const start = x + (band - wide * 1.6) / 2
    const bars = [bar('success', start, wide), bar('timeout', start + wide * 1.1, wide * 0.5)]
    return { group, x, y: box.top, width: band, height: box.height, bars }
  })
  return { layout: 'columns', width, height, box, share, bands, isNarrow: false }
}

const shareOf = ({ count, of }: RateEstimate): number => (of === 0 ? 0 : count / of)
