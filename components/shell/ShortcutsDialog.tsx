import type { ReactElement } from 'react'
import { Dialog } from '../ui/Dialog'
import './ShortcutsDialog.css'

const KEYS = [
  ['g l', 'Live'],
  ['g h', 'History'],
  ['g c', 'Compare'],
  ['g s', 'Settings'],
  ['/', 'Search'],
  ['f', 'On the History page: filters'],
  ['j', 'In a table: next row'],
  ['k', 'Previous row'],
  ['x', 'Select the row'],
  ['Enter', 'Open it'],
  ['c', 'Compare what is selected'],
  ['t', 'Tag it'],
  ['e', 'Export it'],
  ['Del', 'Delete it'],
  ['Ctrl Z', 'Take back what was just done, while its message is there'],
  ['[ ]', 'On a run: the run before, the run after'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
] as const

/** What the keys do. */
export function ShortcutsDialog(props: {
  readonly onClose: () => void
  readonly isOff: boolean
}): ReactElement {
  return (
    <Dialog title="Keyboard shortcuts" onClose={props.onClose}>
      {props.isOff && <p>They are off at the moment; Settings turns them on.</p>}
      <dl className="tele-keys">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
