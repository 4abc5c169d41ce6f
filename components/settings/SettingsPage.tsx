import type { ReactElement } from 'react'
import { formatMegabytes } from '../../utils/format/formatBytes'
import { plural } from '../../utils/format/formatDuration'
import { usePreference, useStorageReport } from '../../utils/hooks'
import { ConnectionPart } from './ConnectionPart'
import { NotificationChoice } from './NotificationChoice'
import './SettingsPage.css'

/** Where the data comes from, where it is kept, how the page looks. */
export function SettingsPage(): ReactElement {
  return (
    <div className="tele-settings">
      <h1>Settings</h1>
      <ConnectionPart />
      <StoragePart />
      <DisplayPart />
    </div>
  )
}

function StoragePart(): ReactElement {
  const report = useStorageReport()
  return (
    <section className="tele-card">
      <h2>Storage</h2>
      {report === null ? (
        <p className="tele-muted">The history is being opened.</p>
      ) : report.mode === 'memory' ? (
        <p>{report.reason ?? 'Nothing is being saved: this browser denies storage.'}</p>
      ) : (
        <p>
          {plural(report.runs, 'run')} kept in this browser for <code>{report.origin}</code>. Another address
          or port is another history.
          {report.usage === undefined ? '' : ` ${formatMegabytes(report.usage)} used.`}{' '}
          {report.persisted === 'unknown'
            ? 'Whether the browser may drop them when room gets scarce can’t be told here.'
            : report.persisted
              ? 'The browser promised not to drop them.'
              : 'The browser may drop them when room gets scarce.'}
        </p>
      )}
    </section>
  )
}

function DisplayPart(): ReactElement {
  return (
    <section className="tele-card">
      <h2>Display</h2>
      <Choice name="theme" label="Theme" choices={['system', 'dark', 'light']} />
      <Choice name="keys" label="Keyboard shortcuts" choices={['on', 'off']} />
      <NotificationChoice />
    </section>
  )
}

function Choice(props: {
  readonly name: string
  readonly label: string
  readonly choices: readonly [string, ...string[]]
}): ReactElement {
  const [value, choose] = usePreference(props.name, props.choices)
  return (
    <fieldset className="tele-radios">
      <legend>{props.label}</legend>
      {props.choices.map((choice) => (
        <label key={choice}>
          <input type="radio" name={props.name} checked={choice === value} onChange={() => choose(choice)} />
          {choice}
        </label>
      ))}
    </fieldset>
  )
}
