import { useState, type ReactElement } from 'react'
import './EditableText.css'

/** A run's tags: each can be taken off, new ones are typed and added by Enter. */
export function EditableTags(props: {
  readonly tags: readonly string[]
  readonly onTag: (change: 'add' | 'remove', tag: string) => void
}): ReactElement {
  const { tags, onTag } = props
  const [draft, setDraft] = useState('')
  const add = (): void => {
    const tag = draft.trim()
    setDraft('')
    if (tag !== '' && !tags.includes(tag)) onTag('add', tag)
  }
  return (
    <div className="tele-editable">
      <span className="tele-muted">Tags</span>
      <div className="tele-editable-tags">
        {tags.length > 0 && (
          <ul aria-label="Tags">
            {tags.map((tag) => (
              <li key={tag} className="tele-tag">
                {tag}
                <button
                  type="button"
                  aria-label={`Remove the tag ${tag}`}
                  onClick={() => onTag('remove', tag)}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          aria-label="Add a tag"
          placeholder="Add a tag"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setDraft('')
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
          onBlur={add}
        />
      </div>
    </div>
  )
}
