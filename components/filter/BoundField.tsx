import { useId, useState, type ReactElement } from 'react'
import './fields.css'

/** One end of a range as a text; taken with Enter and when it is left. What it cannot be is said and changes nothing. */
export function BoundField(props: {
  readonly label: string
  readonly placeholder: string
  /** `A time such as 90s.` */
  readonly expected: string
  readonly value: number | undefined
  readonly read: (text: string) => number | undefined
  readonly write: (value: number) => string
  readonly onChange: (value: number | undefined) => void
}): ReactElement {
  const { label, placeholder, expected, value, read, write, onChange } = props
  const [draft, setDraft] = useState<string | null>(null)
  const id = useId()
  const text = draft ?? (value === undefined ? '' : write(value))
  const isWrong = draft !== null && draft.trim() !== '' && read(draft) === undefined
  const commit = (): void => {
    if (draft === null || isWrong) return
    const next = draft.trim() === '' ? undefined : read(draft)
    setDraft(null)
    if (next !== value) onChange(next)
  }
  return (
    <label>
      <span>{label}</span>
      <input
        inputMode="text"
        placeholder={placeholder}
        value={text}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? id : undefined}
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
      {isWrong && (
        <span id={id} className="tele-filter-wrong">
          {expected}
        </span>
      )}
    </label>
  )
}
