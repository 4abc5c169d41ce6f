/** One clock whatever the language: 24 hours, midnight 00:00. */
const HOURS = { hourCycle: 'h23' } as const

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  ...HOURS,
})
const SHORT_CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', ...HOURS })
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', ...HOURS })

/** `14:31:05` */
export const formatClock = (at: number): string => CLOCK.format(at)
/** `14:31:05–14:31:20`, or the one moment where both are the same second. */
export function formatSpan(from: number, to: number): string {
  const [begin, end] = [formatClock(from), formatClock(to)]
  return begin === end ? begin : `${begin}–${end}`
}
/** `14 Nov, 02:10`, with today left out. */
export function formatWhen(at: number, now: number): string {
  const clock = SHORT_CLOCK.format(at)
  return new Date(at).toDateString() === new Date(now).toDateString() ? clock : `${DAY.format(at)}, ${clock}`
}
/** `14 Nov` */
export const formatDay = (at: number): string => DAY.format(at)
/** `14 Nov 2026, 14:31:05` */
export const formatExact = (at: number): string => EXACT.format(at)
