import type { When } from '../../types'

/** A date as it is written: where it begins and, for a day, month or year, where the next one begins. */
export interface DateSpan {
  readonly from: When
  readonly to?: number
}

/** What a date looks like, for whoever wrote something else. */
export const EXPECTED_DATE = 'a date such as 2026-11-01 or -7d'

/**
 * A day, month or year (`2026-11-01`, `2026-11`, `2026`) in the local zone, a time (`2026-11-01T14:30`, with or without `Z`), a time
 * before now (`-7d`, units w d h m s ms; `now`), or epoch milliseconds (`@1793491200000`). Undefined when it is none of them.
 */
export function readDate(text: string): DateSpan | undefined {
  if (text === 'now') return { from: { ago: 0 } }
  return readDay(text) ?? readRelative(text) ?? readEpoch(text) ?? readInstant(text)
}

/** Reads back as exactly this time: a day's start as the local day, where `zone` is 'local'. */
export function writeWhen(when: When, zone: 'local' | 'utc'): string {
  if (typeof when !== 'number') return writeRelative(when.ago)
  const date = new Date(when)
  if (date.getTime() !== when || date.getUTCFullYear() < 1_000 || date.getUTCFullYear() > 9_998)
    return `@${when}`
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return zone === 'local' && readDay(day)?.from === when ? day : date.toISOString()
}

/** Epoch milliseconds at the moment `now`. */
export const resolveWhen = (when: When, now: number): number =>
  typeof when === 'number' ? when : now - when.ago

function readDay(text: string): DateSpan | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? []
  if (year === undefined || Number(year) < 1_000) return undefined
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  const start = new Date(y, m, d)
  if (start.getMonth() !== m || start.getDate() !== d) return undefined
  const next = day ? new Date(y, m, d + 1) : month ? new Date(y, m + 1, 1) : new Date(y + 1, 0, 1)
  return { from: start.getTime(), to: next.getTime() }
}

function readInstant(text: string): DateSpan | undefined {
  const time = INSTANT.test(text) ? Date.parse(text) : NaN
  return Number.isFinite(time) ? { from: time } : undefined
}

function readEpoch(text: string): DateSpan | undefined {
  const [, digits] = /^@(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(text) ?? []
  return digits !== undefined && Number.isFinite(Number(digits)) ? { from: Number(digits) + 0 } : undefined
}

function readRelative(text: string): DateSpan | undefined {
  const [, sign, digits, unit = ''] = /^([+-])(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(w|d|h|m|s|ms)$/.exec(text) ?? []
  const ago = Number(digits) * (AGES.get(unit) ?? NaN)
  return Number.isFinite(ago) ? { from: { ago: sign === '+' ? 0 - ago : ago } } : undefined
}

function writeRelative(ago: number): string {
  if (ago === 0) return 'now'
  const sign = ago < 0 ? '+' : '-'
  const texts = [...AGES].map(([unit, scale]) => `${sign}${Math.abs(ago) / scale}${unit}`)
  const exact = texts.filter((text) => isAgo(readRelative(text)?.from, ago))
  return exact.reduce((best, text) => (text.length < best.length ? text : best))
}

const isAgo = (when: When | undefined, ago: number): boolean => typeof when === 'object' && when.ago === ago
const twoDigits = (part: number): string => String(part).padStart(2, '0')

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?$/
const AGES: ReadonlyMap<string, number> = new Map([
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
])
