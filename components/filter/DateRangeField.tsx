import { Suspense, useState, type ReactElement } from 'react'
import { DATE_PRESETS, daysOf, isSameRange, rangeOfDays, type DateRange } from '../../utils/filter/dateRange'
import { lazyPart } from '../ui/lazyPart'
import './fields.css'
import './DateRangeField.css'

const DateCalendar = lazyPart(async () => ({ default: (await import('./DateCalendar')).DateCalendar }))

/** When runs began: ranges for one click, two date fields, and a calendar for who asks for it. */
export function DateRangeField(props: {
  readonly value: DateRange
  readonly now: number
  readonly onChange: (range: DateRange) => void
}): ReactElement {
  const { value, now, onChange } = props
  const [hasCalendar, setCalendar] = useState(false)
  const { first, last } = daysOf(value, now)
  return (
    <div className="tele-filter-dates">
      <div className="tele-filter-quick">
        {DATE_PRESETS.map(({ title, range }) => (
          <button
            key={title}
            type="button"
            aria-pressed={isSameRange(value, range)}
            onClick={() => onChange(range)}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="tele-filter-pair">
        <DayField label="From" value={first} onChange={(day) => onChange(rangeOfDays(day, last))} />
        <DayField label="To" value={last} onChange={(day) => onChange(rangeOfDays(first, day))} />
      </div>
      <button
        type="button"
        className="tele-filter-clear"
        aria-expanded={hasCalendar}
        onClick={() => setCalendar(!hasCalendar)}
      >
        {hasCalendar ? 'Hide calendar' : 'Calendar…'}
      </button>
      {hasCalendar && (
        <Suspense fallback={<div className="tele-calendar-place" />}>
          <DateCalendar value={value} now={now} onChange={onChange} />
        </Suspense>
      )}
    </div>
  )
}

/** Tells whole days only: a date that is half typed is not another one. */
function DayField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}): ReactElement {
  const { label, value, onChange } = props
  const [draft, setDraft] = useState<string | null>(null)
  const commit = (): void => {
    if (draft !== null && draft !== value) onChange(draft)
    setDraft(null)
  }
  return (
    <label>
      <span>{label}</span>
      <input
        type="date"
        value={draft ?? value}
        min="1000-01-01"
        max="9998-12-31"
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  )
}
