import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { DateRange as Calendar, type Range, type RangeKeyDict } from 'react-date-range'
import 'react-date-range/dist/styles.css'
import { dayText, daysOf, rangeOfDays, type DateRange } from '../../utils/filter/dateRange'
import './DateCalendar.css'

/** A month to choose two days in. One stop for Tab among its days; arrows go by day and week, beyond the month to the next. */
export function DateCalendar(props: {
  readonly value: DateRange
  readonly now: number
  readonly onChange: (range: DateRange) => void
}): ReactElement {
  const { value, onChange } = props
  // A calendar that is open stays where it is when the minute changes.
  const [now] = useState(props.now)
  const place = useRef<HTMLDivElement>(null)
  const [begun, setBegun] = useState<Date | null>(null)
  const { shown, setShown } = useRovingDays(place, value, now)
  // Another list of ranges, even an equal one, takes the calendar back to their month.
  const ranges = useMemo(() => [shownRange(value, begun, now)], [value, begun, now])
  const handleChange = ({ range }: RangeKeyDict): void => {
    if (!range?.startDate || !range.endDate) return
    const isWhole = begun !== null || range.startDate.getTime() !== range.endDate.getTime()
    setBegun(isWhole ? null : range.startDate)
    if (isWhole) onChange(rangeOfDays(dayText(range.startDate), dayText(range.endDate)))
  }
  return (
    <div
      ref={place}
      role="group"
      aria-label="Calendar"
      className="tele-calendar"
      data-any={(begun === null && isAny(value)) || undefined}
    >
      <Calendar
        ranges={ranges}
        onChange={handleChange}
        shownDate={shown}
        onShownDateChange={setShown}
        showDateDisplay={false}
        rangeColors={['var(--tele-accent)']}
        ariaLabels={LABELS}
        dayContentRenderer={(date) => (
          <span>
            <span aria-hidden="true">{date.getDate()}</span>
            <span className="tele-unseen">{SPOKEN.format(date)}</span>
          </span>
        )}
      />
      <p role="status" className="tele-muted">
        {begun ? `From ${SPOKEN.format(begun)}. Now the last day.` : 'Choose the first day.'}
      </p>
    </div>
  )
}

const SPOKEN = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' })
const LABELS = {
  prevButton: 'Previous month',
  nextButton: 'Next month',
  monthPicker: 'Month',
  yearPicker: 'Year',
}
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['ArrowUp', -7],
  ['ArrowDown', 7],
])

/** What is chosen, or begun to be; an open end reaches today. */
function shownRange(value: DateRange, begun: Date | null, now: number): Range {
  if (begun) return { startDate: begun, endDate: begun, key: 'range' }
  return isAny(value) ? { key: 'range' } : { ...datesOf(value, now), key: 'range' }
}

const isAny = ({ from, to }: DateRange): boolean => from === undefined && to === undefined

/** The library makes each of its days a stop for Tab and knows no arrows. */
function useRovingDays(
  place: { readonly current: HTMLDivElement | null },
  value: DateRange,
  now: number,
): {
  readonly shown: Date
  readonly setShown: (date: Date) => void
} {
  const [shown, setShown] = useState(() => datesOf(value, now).startDate)
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    const days = dayButtons(place.current)
    const current = days.findIndex((day) => day.matches(':focus, :has(.rdrStartEdge), .rdrDayToday'))
    days.forEach((day, index) => (day.tabIndex = index === Math.max(0, current) ? 0 : -1))
    if (wanted.current !== null) days[wanted.current - 1]?.focus()
    wanted.current = null
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS.get(event.key)
    const days = dayButtons(place.current)
    const from = days.findIndex((day) => day === event.target)
    if (step === undefined || from === -1) return
    event.preventDefault()
    const next = days[from + step]
    if (next) return focusDay(days, next)
    // Its month can be changed by its own buttons alone.
    wanted.current = new Date(shown.getFullYear(), shown.getMonth(), from + 1 + step).getDate()
    const button = step > 0 ? '.rdrNextButton' : '.rdrPprevButton'
    place.current?.querySelector<HTMLButtonElement>(button)?.click()
  }
  useEffect(() => {
    const element = place.current
    element?.addEventListener('keydown', onKeyDown)
    return () => element?.removeEventListener('keydown', onKeyDown)
  })
  return { shown, setShown }
}

const dayButtons = (place: HTMLElement | null): readonly HTMLButtonElement[] => [
  ...(place?.querySelectorAll<HTMLButtonElement>('button.rdrDay:not(.rdrDayPassive)') ?? []),
]

function focusDay(days: readonly HTMLButtonElement[], day: HTMLButtonElement): void {
  for (const each of days) each.tabIndex = each === day ? 0 : -1
  day.focus()
}

function datesOf(range: DateRange, now: number): { readonly startDate: Date; readonly endDate: Date } {
  const { first, last } = daysOf(range, now)
  const today = dayText(new Date(now))
  return { startDate: dateOf(first || last || today), endDate: dateOf(last || today) }
}

/** A day's start in the local zone; a bare ISO day would be read in UTC. */
const dateOf = (day: string): Date => new Date(`${day}T00:00`)
