import { useState, type CSSProperties, type KeyboardEvent, type ReactElement } from 'react'
import type { Choice } from '../../utils/filter/choices'
import { count, whole } from '../../utils/format/formatCount'
import './fields.css'
import './FilterList.css'

export interface FilterListValue {
  readonly value: string
  readonly label: string
  /** Runs that would be left; undefined while it is not known. */
  readonly count: number | undefined
}

const FEW = 6
const MORE = 12
/** A longer list is searched sooner than read. */
const MANY = 18

/** Values of a field: a box asks for one, its button (or Alt and the box) excludes it. */
export function FilterList(props: {
  readonly title: string
  readonly values: readonly FilterListValue[]
  readonly choices: ReadonlyMap<string, Choice>
  readonly onToggle: (value: string, choice: Choice) => void
}): ReactElement {
  const { title, values, choices, onToggle } = props
  const [shown, setShown] = useState(FEW)
  const [sought, setSought] = useState('')
  const fitting = values.filter(({ label }) => label.toLowerCase().includes(sought.trim().toLowerCase()))
  // What is chosen stays in sight.
  const seen = fitting.filter(({ value }, index) => index < shown || choices.has(value))
  const hidden = fitting.length - seen.length
  const most = Math.max(1, ...values.map((each) => each.count ?? 0))
  return (
    <>
      {values.length > MANY && (
        <input
          type="search"
          className="tele-filter-find"
          aria-label={`Find in ${title}`}
          placeholder={`Find in ${whole(values.length)}`}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
      )}
      {seen.length === 0 && <p className="tele-muted tele-filter-none">None</p>}
      <ul className="tele-filter-list">
        {seen.map((each) => (
          <FilterChoice
            key={each.value}
            each={each}
            most={most}
            choice={choices.get(each.value)}
            onToggle={onToggle}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className="tele-filter-clear" onClick={() => setShown(shown + MORE)}>
          Show {Math.min(MORE, hidden)} more
        </button>
      )}
    </>
  )
}

function FilterChoice(props: {
  readonly each: FilterListValue
  readonly most: number
  readonly choice: Choice | undefined
  readonly onToggle: (value: string, choice: Choice) => void
}): ReactElement {
  const { each, most, choice, onToggle } = props
  const { value, label } = each
  const isExcluded = choice === 'excluded'
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    onToggle(value, event.altKey ? 'excluded' : 'included')
  }
  return (
    <li data-choice={choice} style={shareOf(each, most)}>
      <label title={label}>
        <input
          type="checkbox"
          aria-label={spoken(each, choice)}
          checked={choice === 'included'}
          onKeyDown={onKeyDown}
          onChange={({ nativeEvent }) =>
            onToggle(value, nativeEvent instanceof MouseEvent && nativeEvent.altKey ? 'excluded' : 'included')
          }
        />
        <span className="tele-filter-label">{label}</span>
        <span className="tele-filter-count tele-figure">{each.count !== undefined && whole(each.count)}</span>
      </label>
      <button
        type="button"
        className="tele-filter-not"
        aria-label={`Exclude ${label}`}
        aria-pressed={isExcluded}
        title={isExcluded ? 'No longer exclude it' : 'Exclude it'}
        onClick={() => onToggle(value, 'excluded')}
      >
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M3.5 10.5l7-7" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
    </li>
  )
}

/** `failed, excluded, 12 runs` */
function spoken({ label, count: runs }: FilterListValue, choice: Choice | undefined): string {
  const parts = [label, choice === 'excluded' && choice, runs !== undefined && count(runs, 'run')]
  return parts.filter(Boolean).join(', ')
}

const shareOf = (
  { count: runs = 0 }: FilterListValue,
  most: number,
): CSSProperties & Record<`--${string}`, string> => ({
  '--share': `${(100 * runs) / most}%`,
})
