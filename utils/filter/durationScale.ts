import { readQuantity, writeQuantity } from '../../services/telemetryFilterService'
import type { Facets } from '../../types'

export type Bars = Facets['duration']

/**
 * Where a duration stands on a histogram of equally wide bars, 0 to the number of bars: inside a bar on a logarithmic scale, beyond
 * its ends at them.
 */
export function placeOf(bars: Bars, ms: number): number {
  const index = bars.findIndex(({ to }) => ms < to)
  const bar = bars[index]
  if (!bar) return bars.length
  if (ms <= bar.from) return index
  const [from, to] = [Math.max(1, bar.from), Math.max(2, bar.to)]
  return index + Math.log(Math.max(1, ms) / from) / Math.log(to / from)
}

/** The duration at a place, rounded to what people choose: whole seconds, from a minute on 5 s, from 10 minutes on 30 s. */
export function durationAt(bars: Bars, place: number): number {
  const index = Math.min(bars.length - 1, Math.max(0, Math.floor(place)))
  const bar = bars[index]
  if (!bar) return 0
  const from = Math.max(1, bar.from)
  const ms = place <= index ? bar.from : from * (Math.max(2, bar.to) / from) ** Math.min(1, place - index)
  const step = ms < 1_000 ? 100 : ms < 60_000 ? 1_000 : ms < 600_000 ? 5_000 : 30_000
  return Math.round(ms / step) * step
}

/** `90s`, `1.5m`, `2h`, or seconds without a unit; undefined for what is no duration. */
export function readDuration(text: string): number | undefined {
  const written = text.trim().replaceAll(/\s/g, '')
  const ms = readQuantity(/^[\d.]+$/.test(written) ? `${written}s` : written, 'time')
  return ms === undefined || ms < 0 ? undefined : ms
}

/** As a query has it: `90s`. */
export const writeDuration = (ms: number): string => writeQuantity(ms, 'time')
