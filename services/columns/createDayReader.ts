const DAY_MS = 86_400_000

/** A local day: from its start up to the next one's, epoch ms. */
interface LocalDay {
  readonly start: number
  readonly end: number
  readonly name: string
}

/**
 * Tells the local day of a time, as `2026-11-14`. A calendar is asked once for each day that is met and not for each time, for that
 * costs more than all else that is read of a scene.
 */
export function createDayReader(): (at: number) => string {
  /** By day of UTC: the local days that lie in it, as far as they were met. */
  const known = new Map<number, LocalDay[]>()
  let last: LocalDay | undefined
  return (at) => {
    if (last && isIn(last, at)) return last.name
    const key = Math.floor(at / DAY_MS)
    const days = known.get(key) ?? []
    const day = days.find((each) => isIn(each, at)) ?? localDay(at)
    if (!days.includes(day)) known.set(key, [...days, day])
    last = day
    return day.name
  }
}

const isIn = ({ start, end }: LocalDay, at: number): boolean => at >= start && at < end

/** Its length is the calendar's: 23 or 25 hours where the clocks change. */
function localDay(at: number): LocalDay {
  const date = new Date(at)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return {
    start: new Date(year, month, day).getTime(),
    end: new Date(year, month, day + 1).getTime(),
    name: `${year}-${two(month + 1)}-${two(day)}`,
  }
}

const two = (part: number): string => String(part).padStart(2, '0')
