const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

const STEPS: readonly number[] = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 91, 182, 365].map((days) => days * DAY),
]
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const DAY_OF_MONTH = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const MONTH = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' })

/** A place on an axis of times and what stands there. */
export interface TimeTick {
  readonly at: number
  readonly label: string
}

/** At most `most` ticks within `from` to `to`, at whole hours and days of this machine's time zone. */
export function timeTicks(from: number, to: number, most: number): readonly TimeTick[] {
  const step =
    STEPS.find((each) => (to - from) / each <= most) ?? 365 * DAY * Math.ceil((to - from) / most / 365 / DAY)
  const ticks: TimeTick[] = []
  for (let at = firstTick(from, step); at <= to && ticks.length < most; at = after(at, step))
    ticks.push({ at, label: labelOf(at, step) })
  return ticks
}

/** Midnight for days, counted from the day of `from`; within a day whole multiples of the step. */
function firstTick(from: number, step: number): number {
  const midnight = new Date(from).setHours(0, 0, 0, 0)
  if (step >= DAY) return midnight >= from ? midnight : addDays(midnight, 1)
  return midnight + Math.ceil((from - midnight) / step) * step
}

/** Days by the calendar: one of them has 23 hours, another 25. */
const after = (at: number, step: number): number => (step >= DAY ? addDays(at, step / DAY) : at + step)

function addDays(at: number, days: number): number {
  const date = new Date(at)
  return date.setDate(date.getDate() + days)
}

function labelOf(at: number, step: number): string {
  if (step >= 91 * DAY) return MONTH.format(at)
  const isMidnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0
  return step >= DAY || isMidnight ? DAY_OF_MONTH.format(at) : CLOCK.format(at)
}

const SPOKEN_DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' })

/** `12 November`, read out. */
export const speakDay = (at: number): string => SPOKEN_DAY.format(at)
/** `12 Nov` */
export const formatDay = (at: number): string => DAY_OF_MONTH.format(at)
/** For times that follow each other: the day where a new one begins, else the clock; both at the very first, if it is the only day. */
export function dayOrClock(times: readonly number[]): readonly string[] {
  const days = times.map((at) => DAY_OF_MONTH.format(at))
  const isOneDay = new Set(days).size === 1
  return times.map((at, i) => {
    const day = days[i] ?? ''
    if (i === 0) return isOneDay ? `${day}, ${CLOCK.format(at)}` : day
    return day === days[i - 1] ? CLOCK.format(at) : day
  })
}
