import { useEffect, useRef, type ReactElement, type RefObject } from 'react'
import { keepOf } from '../../utils/history/retentionRules'
import { useHashRoute, usePreference } from '../../utils/hooks'
import { ConnectionPart } from './ConnectionPart'
import { FilesPart } from './FilesPart'
import { NotificationChoice } from './NotificationChoice'
import { SeedPart } from './SeedPart'
import { StoragePart } from './StoragePart'
import './SettingsPage.css'

/** Where the data comes from, where it is kept, how the page looks; `part` names the one to begin at. */
export function SettingsPage({ part }: { readonly part?: string | undefined }): ReactElement {
  const page = useRef<HTMLDivElement>(null)
  // Which runs would go has its own place in that part.
  const isAskedForRoom = keepOf(useHashRoute().query) !== undefined
  usePart(isAskedForRoom ? undefined : part, page)
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

/** What comes by itself, such as a server's state, moves the parts: the one that is asked for is kept in its place until somebody acts. */
function usePart(part: string | undefined, page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = PARTS.has(part ?? '') ? page.current?.querySelector(`#${part}`) : null
    if (!target || !page.current) return undefined
    const sizes = new ResizeObserver(() => target.scrollIntoView())
    const leave = (): void => sizes.disconnect()
    for (const child of page.current.children) sizes.observe(child)
    for (const act of ACTS) addEventListener(act, leave, { once: true, passive: true })
    return () => {
      leave()
      for (const act of ACTS) removeEventListener(act, leave)
    }
  }, [part, page])
}

const PARTS: ReadonlySet<string> = new Set(['connection', 'storage', 'display'])
const ACTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

function DisplayPart(): ReactElement {
  return (
    <section className="tele-card" id="display" aria-labelledby="tele-display-title">
      <h2 id="tele-display-title">Display</h2>
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
