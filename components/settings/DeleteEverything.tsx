import { useState, type FormEvent, type ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { useWipe } from '../../utils/hooks'
import { Dialog } from '../ui/Dialog'

const WORD = 'delete'

/** Deletes all that is saved here, after a word was typed for it. */
export function DeleteEverything({ runs }: { readonly runs: number }): ReactElement {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <h3>Delete all my data</h3>
      <p className="tele-muted">Everything that this browser keeps for this address, for good.</p>
      <button type="button" className="tele-button" onClick={() => setAsking(true)}>
        Delete all my data…
      </button>
      {isAsking && <AskAgain runs={runs} onClose={() => setAsking(false)} />}
    </>
  )
}

function AskAgain({ runs, onClose }: { readonly runs: number; readonly onClose: () => void }): ReactElement {
  const wipe = useWipe()
  const [typed, setTyped] = useState('')
  const isMeant = typed.trim().toLowerCase() === WORD
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isMeant) return
    onClose()
    void wipe()
  }
  return (
    <Dialog title="Delete all my data?" onClose={onClose}>
      <form className="tele-wipe" onSubmit={submit}>
        <p>
          {count(runs, 'run')} with their scenes, GPU traces, tags and notes, every recommendation and every
          saved filter go. There is no undo. Files on your servers stay, and a server may tell again what its
          own journal still knows.
        </p>
        <label>
          <span>Type {WORD} to go on</span>
          <input value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
        </label>
        <p className="tele-actions">
          <button type="submit" className="tele-button tele-button-danger" aria-disabled={!isMeant}>
            Delete everything
          </button>
        </p>
      </form>
    </Dialog>
  )
}
