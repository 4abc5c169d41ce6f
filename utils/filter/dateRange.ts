import { resolveWhen } from '../../services/telemetryFilterService'
import type { TelemetryFilter, When } from '../../types'

export type DateRange = NonNullable<TelemetryFilter['dateRange']>

const DAY_MS = 86_400_000

/** Ranges for one click; relative ones stay relative in presets and links. */
export const DATE_PRESETS = [
  { title: 'Any time', range: {} },
  { title: '24 hours', range: { from: { ago: DAY_MS } } },
  { title: '7 days', range: { from: { ago: 7 * DAY_MS } } },
  { title: '30 days', range: { from: { ago: 30 * DAY_MS } } },
] as const satisfies readonly { readonly title: string; readonly range: DateRange }[]

/** Whether two ranges are written the same. */
export const isSameRange = (a: DateRange, b: DateRange): boolean =>
  keyOf(a.from) === keyOf(b.from) && keyOf(a.to) === keyOf(b.to)

/** The local days of a range, first and last included, as a date field has them; '' for an open end. */
export function daysOf(
  { from, to }: DateRange,
  now: number,
): { readonly first: string; readonly last: string } {
  return {
    first: from === undefined ? '' : dayText(new Date(resolveWhen(from, now))),
    last: to === undefined ? '' : dayText(new Date(resolveWhen(to, now) - 1)),
  }
}

/** The range of these days, both included; a last day before the first is taken for the first. A field that is half typed is none. */
export function rangeOfDays(first: string, last: string): DateRange {
  const [a, b] = first !== '' && last !== '' && last < first ? [last, first] : [first, last]
  const from = startOf(a, 0)
  const to = startOf(b, 1)
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

const MINUTE_MS = 60_000

/** The whole minutes in which a stretch of time begins and ends, and all between. */
export const rangeOfTime = (from: number, to: number): DateRange => ({
  from: Math.floor(from / MINUTE_MS) * MINUTE_MS,
  to: (Math.floor(to / MINUTE_MS) + 1) * MINUTE_MS,
})

/** `2026-11-14` in the local zone. */
export function dayText(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-')
}

function startOf(day: string, daysLater: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (year === undefined || Number(year) < 1_000) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater).getTime()
}

const keyOf = (when: When | undefined): string => JSON.stringify(when ?? null)
