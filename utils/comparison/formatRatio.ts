import { THIN } from '../format/thin'

const TIMES = '×'

/** `1.23×`; large ones without decimals that nobody reads. */
export const formatRatio = (ratio: number): string => `${digits(ratio)}${TIMES}`

/** `0.98–1.34` */
export const formatRange = (low: number, high: number): string => `${digits(low)}–${digits(high)}`

/** `+8 points`, of a difference of two rates (fractions); `−8 points`. */
export const formatPoints = (difference: number): string => {
  const points = Math.round(Math.abs(difference) * 100)
  const sign = points === 0 ? '' : difference < 0 ? '−' : '+'
  return `${sign}${points}${THIN}${points === 1 ? 'point' : 'points'}`
}

/** `92 %`, of a fraction. */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}${THIN}%`

const digits = (ratio: number): string =>
  ratio >= 100 ? String(Math.round(ratio)) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)
