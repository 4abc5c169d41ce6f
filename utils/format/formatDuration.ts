import { count } from './formatCount'
import { THIN } from './thin'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000

/** `0.8 s`, `42 s`, `1 m 32 s`, `1 h 04 m`; of milliseconds. A negative time is shown as 0. */
export function formatDuration(ms: number): string {
  const time = Math.max(0, ms)
  if (time < 9_950) return `${(time / SECOND).toFixed(1)}${THIN}s`
  const seconds = Math.round(time / SECOND)
  if (seconds < 60) return `${seconds}${THIN}s`
  if (time < HOUR - 500) return `${Math.floor(seconds / 60)}${THIN}m ${pad(seconds % 60)}${THIN}s`
  const minutes = Math.round(time / MINUTE)
  return `${Math.floor(minutes / 60)}${THIN}h ${pad(minutes % 60)}${THIN}m`
}

/** The same in whole seconds, for clocks that run: tenths would flicker. */
export function formatWhole(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  return seconds < 60 ? `${seconds}${THIN}s` : formatDuration(seconds * SECOND)
}

/** The same for a screen reader: `1 minute 32 seconds`. */
export function speakDuration(ms: number): string {
  const time = Math.max(0, ms)
  if (time < 9_950) return count(Number((time / SECOND).toFixed(1)), 'second')
  const seconds = Math.round(time / SECOND)
  if (seconds < 60) return count(seconds, 'second')
  if (time < HOUR - 500)
    return `${count(Math.floor(seconds / 60), 'minute')} ${count(seconds % 60, 'second')}`
  const minutes = Math.round(time / MINUTE)
  return `${count(Math.floor(minutes / 60), 'hour')} ${count(minutes % 60, 'minute')}`
}

/** About how long: one unit finer than it matters. `about 6 m 40 s`, `about 2 h 10 m`. */
export function formatRoughly(ms: number): string {
  const step = ms < MINUTE ? 5 * SECOND : ms < 10 * MINUTE ? 10 * SECOND : ms < HOUR ? MINUTE : 10 * MINUTE
  return `about ${formatWhole(Math.max(step, Math.round(ms / step) * step))}`
}

/** `14 seconds ago`; of an age in ms. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  if (seconds === 0) return 'just now'
  if (seconds < 60) return `${count(seconds, 'second')} ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${count(minutes, 'minute')} ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${count(hours, 'hour')} ago` : `${count(Math.floor(hours / 24), 'day')} ago`
}

const pad = (value: number): string => String(value).padStart(2, '0')
