import type { ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import { chipsOf, inOrderTyped } from '../../utils/filter/chips'
import './FilterChips.css'

/** All that a filter asks for, each part with a button that takes it out. */
export function FilterChips(props: {
  readonly value: TelemetryFilter
  /** As somebody typed it: the chips are in its order. */
  readonly query?: string
  readonly onChange: (filter: TelemetryFilter) => void
}): ReactElement | null {
  const { value, query = '' } = props
  const chips = inOrderTyped(chipsOf(value), query)
  if (chips.length === 0) return null
  return (
    <ul className="tele-chips" aria-label="Filters in force">
      {chips.map(({ text, without }) => (
        <li key={text} className="tele-chip">
          <span title={text}>{text}</span>
          <button
            type="button"
            aria-label={`Remove ${text}`}
            title="Remove"
            onClick={() => props.onChange(without)}
          >
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <path d="M3.5 3.5l7 7M10.5 3.5l-7 7" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
        </li>
      ))}
    </ul>
  )
}
