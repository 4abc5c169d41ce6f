import { useState, type FormEvent, type ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { parseTags } from '../../utils/history/parseTags'
import { useRunActions, useTags, type TagChange } from '../../utils/hooks'
import { Dialog } from '../ui/Dialog'

/**
 * Adds tags to many runs and takes some off them; the others stay as they are. How many of all runs have a tag says nothing of those that
 * are picked, and is not told.
 */
export function TagDialog(props: {
  readonly runIds: readonly string[]
  readonly onClose: () => void
}): ReactElement {
  const { runIds, onClose } = props
  const { value: known, error } = useTags()
  const { tag } = useRunActions()
  const [written, setWritten] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<string, 'add' | 'remove'>>(new Map())
  const change = changeOf(written, chosen)
  const isNothing = change.add.length + change.remove.length === 0
  const choose = (name: string, what: 'add' | 'remove'): void =>
    setChosen((last) => {
      const next = new Map(last)
      if (next.get(name) === what) next.delete(name)
      else next.set(name, what)
      return next
    })
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    if (isNothing) return
    onClose()
    void tag(runIds, change)
  }
  return (
    <Dialog title={`Tag ${count(runIds.length, 'run')}`} onClose={onClose}>
      <form className="tele-tag-form" onSubmit={apply}>
        <label>
          <span>New tags, separated by commas</span>
          <input value={written} onChange={({ target }) => setWritten(target.value)} />
        </label>
        {error !== null && <p role="alert">{error}</p>}
        {known && known.length > 0 && (
          <ul aria-label="Existing tags" className="tele-tag-list">
            {known.map(({ tag: name }) => (
              <KnownTag key={name} name={name} chosen={chosen.get(name)} onChoose={choose} />
            ))}
          </ul>
        )}
        <button type="submit" className="tele-button tele-button-main" aria-disabled={isNothing}>
          Apply
        </button>
      </form>
    </Dialog>
  )
}

function KnownTag(props: {
  readonly name: string
  readonly chosen: 'add' | 'remove' | undefined
  readonly onChoose: (name: string, what: 'add' | 'remove') => void
}): ReactElement {
  const { name, chosen, onChoose } = props
  return (
    <li>
      <span className="tele-tag">{name}</span>
      <span className="tele-spacer" />
      {(['add', 'remove'] as const).map((what) => (
        <button
          key={what}
          type="button"
          className="tele-button"
          aria-pressed={chosen === what}
          aria-label={what === 'add' ? `Add ${name}` : `Take off ${name}`}
          onClick={() => onChoose(name, what)}
        >
          {what === 'add' ? 'Add' : 'Take off'}
        </button>
      ))}
    </li>
  )
}

function changeOf(written: string, chosen: ReadonlyMap<string, 'add' | 'remove'>): TagChange {
  const those = (what: 'add' | 'remove'): readonly string[] =>
    [...chosen].flatMap(([name, each]) => (each === what ? [name] : []))
  const remove = those('remove')
  const add = [...new Set([...parseTags(written), ...those('add')])]
  return { add: add.filter((name) => !remove.includes(name)), remove }
}
