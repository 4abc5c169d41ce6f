import { useState, type FormEvent, type ReactElement } from 'react'
import { describeConnection } from '../../utils/format/describeConnection'
import { describeRecording } from '../../utils/format/describeRecording'
import { useLive, useNow, useRecording, useShownEntry, useTelemetry } from '../../utils/hooks'
import { Dialog } from '../ui/Dialog'
import { Glyph } from '../ui/Glyph'

interface ServerRowProps {
  readonly id: string
  readonly isFirst: boolean
  readonly isLast: boolean
  /** By −1 or 1 places; the focus goes back to `button`. */
  readonly onMove: (by: number, button: HTMLElement) => void
}

/** One server of the list. Stands inside the `<ShownServer>` of that id. */
export function ServerRow({ id, isFirst, isLast, onMove }: ServerRowProps): ReactElement {
  const name = useShownEntry((entry) => entry.name) ?? ''
  const isFixed = useShownEntry((entry) => entry.fixed) ?? false
  const [isRenaming, setRenaming] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  return (
    <li aria-label={name} className="tele-server-row">
      {isRenaming ? <RenameForm id={id} name={name} onDone={() => setRenaming(false)} /> : <b>{name}</b>}
      <div className="tele-server-actions">
        {!isRenaming && (
          <button
            type="button"
            className="tele-button"
            aria-label={`Rename ${name}`}
            onClick={() => setRenaming(true)}
          >
            Rename
          </button>
        )}
        <MoveButton label={`Move ${name} up`} glyph="↑" isOff={isFirst} onMove={(to) => onMove(-1, to)} />
        <MoveButton label={`Move ${name} down`} glyph="↓" isOff={isLast} onMove={(to) => onMove(1, to)} />
        {!isFixed && (
          <button
            type="button"
            className="tele-button"
            aria-label={`Remove ${name}`}
            onClick={() => setRemoving(true)}
          >
            Remove
          </button>
        )}
      </div>
      <State />
      {isRemoving && <RemoveDialog id={id} name={name} onClose={() => setRemoving(false)} />}
    </li>
  )
}

/** Says that it is off and stays where it is: a button that is disabled would lose the focus it has. */
function MoveButton(props: {
  readonly label: string
  readonly glyph: string
  readonly isOff: boolean
  readonly onMove: (button: HTMLElement) => void
}): ReactElement | null {
  return (
    <button
      type="button"
      className="tele-button"
      aria-label={props.label}
      aria-disabled={props.isOff}
      onClick={({ currentTarget }) => {
        if (!props.isOff) props.onMove(currentTarget)
      }}
    >
      {props.glyph}
    </button>
  )
}

function State(): ReactElement {
  const url = useShownEntry((entry) => entry.url)
  const source = useShownEntry((entry) => entry.source)
  const connection = useLive((state) => state.connection)
  const problem = useLive((state) => state.problem)
  const server = useLive((state) => state.server)
  const recording = useRecording()
  const now = useNow(1_000)
  const { glyph, words } = describeConnection(connection, undefined, now)
  return (
    <div className="tele-server-state">
      <p>
        <span className="tele-status">
          <Glyph name={glyph} />
          {words}
        </span>{' '}
        at <code>{url}</code>
        {server ? `, telemetry by ${server.name}${server.version ? ` ${server.version}` : ''}` : ''}
        {server?.simulated ? ', simulated' : ''}. {describeRecording(recording)}
      </p>
      {problem !== undefined && <p>{problem}</p>}
      {source !== undefined && (
        <p className="tele-muted">
          Known by <code>{source}</code>
        </p>
      )}
    </div>
  )
}

function RenameForm(props: {
  readonly id: string
  readonly name: string
  readonly onDone: () => void
}): ReactElement {
  const { servers } = useTelemetry()
  const [name, setName] = useState(props.name)
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void servers.rename(props.id, name)
    props.onDone()
  }
  return (
    <form className="tele-server-rename" onSubmit={handleSubmit}>
      <label>
        <span>Name</span>
        <input
          value={name}
          maxLength={64}
          ref={focusOnce}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={({ key }) => key === 'Escape' && props.onDone()}
        />
      </label>
      <button type="submit" className="tele-button">
        Save
      </button>
      <button type="button" className="tele-button tele-button-quiet" onClick={props.onDone}>
        Cancel
      </button>
    </form>
  )
}

/** What was asked for by a button is where one types next. */
const focusOnce = (input: HTMLInputElement | null): void => input?.select()

function RemoveDialog(props: {
  readonly id: string
  readonly name: string
  readonly onClose: () => void
}): ReactElement {
  const { servers } = useTelemetry()
  return (
    <Dialog title={`Remove ${props.name}?`} onClose={props.onClose}>
      <p>It is watched and recorded no more, in every tab. What was saved of it stays in the history.</p>
      <button
        type="button"
        className="tele-button tele-button-danger"
        onClick={() => {
          props.onClose()
          void servers.remove(props.id)
        }}
      >
        Remove
      </button>
    </Dialog>
  )
}
