import { useId, useState, type ReactElement } from 'react'
import type { TelemetryFilter } from '../../types'
import type { FilterField } from '../../utils/filter/choices'
import { readFieldText, writeFieldText } from '../../utils/filter/fieldText'
import './fields.css'

/** A field of which there are too many values to list them: written as in a query, `*` for any. Taken with Enter and when it is left. */
export function TermField(props: {
  readonly field: FilterField
  readonly label: string
  readonly placeholder: string
  readonly value: TelemetryFilter
  readonly onChange: (filter: TelemetryFilter) => void
}): ReactElement {
  const { field, label, placeholder, value, onChange } = props
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const known = readFieldText(value, field)
  const next = draft === null ? value : writeFieldText(value, field, draft)
  const commit = (): void => {
    if (draft === null || !next) return
    setDraft(null)
    if (draft.trim() !== known) onChange(next)
  }
  return (
    <div className="tele-filter-term">
      <input
        aria-label={label}
        placeholder={placeholder}
        value={draft ?? known}
        spellCheck={false}
        autoCapitalize="off"
        aria-invalid={!next || undefined}
        aria-describedby={next ? undefined : id}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key !== 'Escape' || draft === null) return
          // The first Escape takes back what was written, the next one leaves.
          event.preventDefault()
          setDraft(null)
        }}
      />
      {!next && (
        <span id={id} className="tele-filter-wrong">
          {`An id such as ${placeholder} was expected.`}
        </span>
      )}
    </div>
  )
}
