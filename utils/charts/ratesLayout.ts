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
  /** Characters of a name that fit. */
  readonly nameLength: number
}

const AXIS_PX = 24
/** How many scenes a day's rates are of, under its name. */
const COUNT_PX = 16
/** A day narrower than this has no room for it, px. */
export const COUNTED_PX = 36
const NARROW_PX = 560
/** Of names beside their bars: at least, and at most of all. */
const NAME_PX = 72
const NAME_SHARE = 0.32
/** Of the system's sans at 13 px, on the wide side. */
const CHARACTER_PX = 7.4
const FIGURES_PX = 128
const ROW_PX = { wide: 36, narrow: 52 } as const
const EDGE_PX = 20

/** How many days there is room for. */
export const columnsIn = (width: number): number => Math.max(4, Math.floor((width - 56 - EDGE_PX) / 12))

export const layOutRates = (shape: RatesShape, width: number, height: number): RatesLayout =>
  shape.layout === 'rows' ? layOutRows(shape, width) : layOutColumns(shape, width, height)

function layOutRows({ groups }: RatesShape, width: number): RatesLayout {
  const isNarrow = width < NARROW_PX
  const row = isNarrow ? ROW_PX.narrow : ROW_PX.wide
  const longest = groups.reduce((most, { label }) => Math.max(most, label.length), 0)
  const names = Math.max(NAME_PX, Math.min(NAME_SHARE * width, longest * CHARACTER_PX + EDGE_PX))
  const left = isNarrow ? EDGE_PX : names
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
  return {
    layout: 'rows',
    width,
    height: box.top + box.height + AXIS_PX,
    box,
    share,
    bands,
    isNarrow,
    nameLength: Math.floor((isNarrow ? width - FIGURES_PX - EDGE_PX : names - EDGE_PX) / CHARACTER_PX),
  }
}

function layOutColumns({ groups }: RatesShape, width: number, height: number): RatesLayout {
  const box = {
    left: 56,
    top: 12,
    width: Math.max(40, width - 56 - EDGE_PX),
    height: Math.max(60, height - 12 - AXIS_PX - COUNT_PX),
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
  return { layout: 'columns', width, height, box, share, bands, isNarrow: false, nameLength: 0 }
}

const shareOf = ({ count, of }: RateEstimate): number => (of === 0 ? 0 : count / of)
