import { formatDuration } from '../format/formatDuration'
import { THIN } from '../format/thin'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

const MAX_TICKS = 6
const STEPS: readonly number[] = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
]
const LOG_TICKS: readonly number[] = [
  ...[0.1, 0.3, 1, 3, 10, 30].map((seconds) => seconds * SECOND),
  ...[1, 3, 10, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 12].map((hours) => hours * HOUR),
]

/** From 0 in steps that people count in, at most 6; the last is at or above `max` ms. */
export function durationTicks(max: number): readonly number[] {
  const step = STEPS.find((each) => max / each <= MAX_TICKS - 1) ?? longStep(max)
  const count = Math.max(1, Math.ceil(max / step))
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}

const longStep = (max: number): number => Math.ceil(max / (MAX_TICKS - 1) / DAY) * DAY

/** Of a log axis over `low` to `high` ms, both greater than 0: at most 6, the first at or under `low`, the last at or above `high`. */
export function logDurationTicks(low: number, high: number): readonly number[] {
  const first = LOG_TICKS.findLast((each) => each <= low) ?? low
  const last = LOG_TICKS.find((each) => each >= high) ?? high
  const all = [...new Set([first, ...LOG_TICKS.filter((each) => each > first && each < last), last])]
  const every = Math.ceil((all.length - 1) / (MAX_TICKS - 1))
  return all.filter((_, i) => i % every === 0 || i === all.length - 1).slice(-MAX_TICKS)
}

/** `30 s`, `1 m`, `1 m 30 s`, `2 h`: what is nought is left out. */
export function formatDurationTick(ms: number): string {
  if (ms < MINUTE) return `${Number((ms / SECOND).toFixed(1))}${THIN}s`
  return formatDuration(ms).replace(/ 00\u202f[sm]$/, '')
}
