import { useState, type FormEvent, type ReactElement } from 'react'
import type { FilterPreset } from '../../types'
import { queryText } from '../../utils/filter/queryText'
import { reasonOf } from '../../utils/format/reasonOf'

interface PresetRowProps {
  readonly preset: FilterPreset
  readonly isCurrent: boolean
  readonly onApply: () => void
  readonly onRename: (name: string) => Promise<void>
  readonly onDefault: (isDefault: boolean) => void
  readonly onRemove: () => void
}

/** A saved view: its name applies it; it can be renamed, made the default, deleted. */
export function PresetRow(props: PresetRowProps): ReactElement {
  const { preset, isCurrent, onApply, onRename } = props
  const { name, isDefault } = preset
  const [isRenaming, setRenaming] = useState(false)
  const query = queryText(preset.filter)
  if (isRenaming) return <RenameForm name={name} onRename={onRename} onClose={() => setRenaming(false)} />
  return (
    <li>
      <button
        type="button"
        className="tele-preset-name"
        aria-current={isCurrent || undefined}
        onClick={onApply}
      >
        <span>
          {name}
          {isDefault && <span className="tele-muted"> · default</span>}
        </span>
        <code title={query}>{query === '' ? 'all runs' : query}</code>
      </button>
      <PresetActions {...props} onBeginRename={() => setRenaming(true)} />
    </li>
  )
}

function PresetActions(
  props: Pick<PresetRowProps, 'preset' | 'onDefault' | 'onRemove'> & { readonly onBeginRename: () => void },
): ReactElement {
  const { name, isDefault } = props.preset
  return (
    <span className="tele-preset-actions">
      <button
        type="button"
        className="tele-filter-clear"
        aria-pressed={isDefault}
        aria-label={`${name} is the default`}
        title="What the History opens with"
        onClick={() => props.onDefault(!isDefault)}
      >
        Default
      </button>
      <button
        type="button"
        className="tele-filter-clear"
        aria-label={`Rename ${name}`}
        onClick={props.onBeginRename}
      >
        Rename
      </button>
      <button
        type="button"
        className="tele-filter-clear"
        aria-label={`Delete ${name}`}
        onClick={props.onRemove}
      >
        Delete
      </button>
    </span>
  )
}

function RenameForm(props: {
  readonly name: string
  readonly onRename: (name: string) => Promise<void>
  readonly onClose: () => void
}): ReactElement {
  const { name, onRename, onClose } = props
  const [draft, setDraft] = useState(name)
  const [problem, setProblem] = useState<string | null>(null)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    onRename(draft).then(onClose, (error: unknown) =>
      setProblem(reasonOf(error, 'It could not be renamed. Try again.')),
    )
  }
  return (
    <li>
      <form className="tele-preset-form" onSubmit={save}>
        <label>
          <span>New name of “{name}”</span>
          <input value={draft} maxLength={100} onChange={({ target }) => setDraft(target.value)} />
        </label>
        <button type="submit" className="tele-button">
          Rename
        </button>
        <button type="button" className="tele-button tele-button-quiet" onClick={onClose}>
          Cancel
        </button>
        {problem !== null && (
          <p role="alert" className="tele-filter-wrong">
            {problem}
          </p>
        )}
      </form>
    </li>
  )
}
