import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react'
import './EditableText.css'

/**
 * A text that is edited where it stands: a button that becomes a field. Enter (in a text of several lines Ctrl+Enter) and leaving
 * it, by Back and a reload too, save; Esc puts back what was there.
 */
export function EditableText(props: {
  readonly label: string
  readonly value: string
  /** The text as it is shown, with what was sought marked; default: as it is. */
  readonly shown?: ReactNode
  /** Said where there is no text. */
  readonly empty: string
  readonly isLong?: boolean
  readonly maxLength: number
  readonly onSave: (value: string) => void
  /** Told with each letter, for the page may go before it is saved. Null: what was typed is as it was before. */
  readonly onDraft: (draft: string | null) => void
}): ReactElement {
  const { label, value, shown, empty, isLong = false, onSave, onDraft } = props
  const [draft, setDraft] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  const labelId = useId()
  useEffect(() => {
    // After a save by key the focus is where the field was, unless it went elsewhere by itself.
    if (wasEditing.current && draft === null && document.activeElement === document.body)
      button.current?.focus()
    wasEditing.current = draft !== null
  }, [draft])
  const save = (text: string | null): void => {
    if (text === null) return
    if (text.trim() === value) onDraft(null)
    else onSave(text.trim())
  }
  const type = (text: string): void => {
    setDraft(text)
    onDraft(text)
  }
  const close = (text: string | null): void => {
    setDraft(null)
    if (text === null) onDraft(null)
    else save(text)
  }
  useLeaving(() => save(draft))
  return (
    <div className="tele-editable">
      <span id={labelId} className="tele-muted">
        {label}
      </span>
      {draft === null ? (
        <button
          ref={button}
          type="button"
          className={`tele-editable-text${isLong ? ' tele-editable-long' : ''}`}
          aria-label={`Edit ${label.toLowerCase()}: ${value === '' ? empty : value}`}
          onClick={() => setDraft(value)}
        >
          {value === '' ? <span className="tele-muted">{empty}</span> : (shown ?? value)}
        </button>
      ) : (
        <Field {...props} isLong={isLong} labelId={labelId} draft={draft} onDraft={type} onClose={close} />
      )}
    </div>
  )
}

/** Back and a reload leave a field too, and tell it nothing. */
function useLeaving(onLeave: () => void): void {
  const latest = useRef(onLeave)
  useEffect(() => {
    latest.current = onLeave
  })
  useEffect(() => {
    const leave = (): void => latest.current()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}

function Field(props: {
  readonly labelId: string
  readonly isLong: boolean
  readonly maxLength: number
  readonly draft: string
  readonly onDraft: (draft: string) => void
  /** Null: put back. */
  readonly onClose: (text: string | null) => void
}): ReactElement {
  const { labelId, isLong, maxLength, draft, onDraft, onClose } = props
  const field = useRef<(HTMLInputElement & HTMLTextAreaElement) | null>(null)
  const isDone = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  // A field that is taken away may tell that it lost the focus: it closes once.
  const finish = (text: string | null): void => {
    if (isDone.current) return
    isDone.current = true
    onClose(text)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const saves =
      event.key === 'Enter' && !event.nativeEvent.isComposing && (!isLong || event.ctrlKey || event.metaKey)
    if (!saves && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    finish(saves ? draft : null)
  }
  const Tag = isLong ? 'textarea' : 'input'
  return (
    <>
      <Tag
        ref={field}
        aria-labelledby={labelId}
        value={draft}
        maxLength={maxLength}
        {...(isLong ? { rows: 6 } : {})}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => finish(draft)}
      />
      <span className="tele-muted tele-editable-hint">
        {isLong ? 'Ctrl+Enter' : 'Enter'} or leaving saves, Esc puts back.
      </span>
    </>
  )
}
