import { useEffect, useRef, type ReactElement } from 'react'
import { usePreference } from '../../utils/hooks'
import { ConnectionPart } from './ConnectionPart'
import { FilesPart } from './FilesPart'
import { NotificationChoice } from './NotificationChoice'
import { SeedPart } from './SeedPart'
import { StoragePart } from './StoragePart'
import './SettingsPage.css'

/** Where the data comes from, where it is kept, how the page looks; `part` names the one to begin at. */
export function SettingsPage({ part }: { readonly part?: string | undefined }): ReactElement {
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (part === 'storage') page.current?.querySelector('#storage')?.scrollIntoView()
  }, [part])
  return (
    <div ref={page} className="tele-settings">
      <h1>Settings</h1>
      <ConnectionPart />
      <StoragePart>
        <FilesPart />
        <SeedPart />
      </StoragePart>
      <DisplayPart />
    </div>
  )
}

function DisplayPart(): ReactElement {
  return (
    <section className="tele-card">
      <h2>Display</h2>
      <Choice name="theme" label="Theme" choices={['system', 'dark', 'light']} />
      <Choice name="density" label="Rows of tables" choices={['comfortable', 'compact']} />
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
