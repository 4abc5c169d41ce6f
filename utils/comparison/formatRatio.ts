import { THIN } from '../format/thin'

const TIMES = '×'

/** `1.23×`; large ones without decimals that nobody reads. */
export const formatRatio = (ratio: number): string => `${digits(ratio)}${TIMES}`

/** `0.98–1.34`; `1.004–1.19`, for a bound beside 1 does not read as 1. */
export const formatRange = (low: number, high: number): string => `${besideOne(low)}–${besideOne(high)}`

/** `+8 points`, of a difference of two rates (fractions); `−8 points`. */
export const formatPoints = (difference: number): string => {
  const points = Math.round(Math.abs(difference) * 100)
  const sign = points === 0 ? '' : difference < 0 ? '−' : '+'
  return `${sign}${points}${THIN}${points === 1 ? 'point' : 'points'}`
}

/** `92 %`, of a fraction. */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}${THIN}%`

const MOST_DECIMALS = 4

function besideOne(ratio: number): string {
  for (let decimals = 2; decimals <= MOST_DECIMALS; decimals++) {
    const text = ratio.toFixed(decimals)
    if (Number(text) !== 1) return ratio >= 10 ? digits(ratio) : text
  }
  return digits(ratio)
}

const digits = (ratio: number): string =>
  ratio >= 100 ? String(Math.round(ratio)) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)
