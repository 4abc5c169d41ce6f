import type { ReactElement } from 'react'
import { useServers, type GenerateDraft } from '../../utils/hooks'

/** The run's name and labels, and whether the server gets its scenes ahead of time. */
export function RunFields({
  draft,
  hasDelay,
  onChange,
}: {
  readonly draft: GenerateDraft
  readonly hasDelay: boolean
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement {
  const field = (name: 'runName' | 'storyId' | 'tags', label: string, placeholder: string): ReactElement => (
    <label className="tele-field">
      <span>{label}</span>
      <input
        type="text"
        maxLength={256}
        value={draft[name]}
        placeholder={placeholder}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </label>
  )
  return (
    <section className="tele-card" aria-labelledby="tele-run-title">
      <h2 id="tele-run-title">Run</h2>
      <div className="tele-fields">
        {field('runName', 'Name', 'Night run')}
        {field('storyId', 'Story', 'story-7')}
        {field('tags', 'Tags, separated by commas', 'night, draft')}
      </div>
      <ServerSelect server={draft.server} onChange={onChange} />
      <AheadChoice ahead={draft.ahead} onChange={onChange} />
      {hasDelay && draft.ahead === 'all' && (
        <p className="tele-muted">With a delay between scenes they are given one at a time all the same.</p>
      )}
    </section>
  )
}

const AHEAD = [
  { ahead: 'one', name: 'One at a time.', note: 'This tab must stay open until the last is queued.' },
  { ahead: 'all', name: 'All at once.', note: 'The server goes on without this tab; only retries need it.' },
] as const

function AheadChoice(props: {
  readonly ahead: GenerateDraft['ahead']
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement {
  return (
    <fieldset className="tele-radios tele-ahead">
      <legend>Scenes given to the server</legend>
      {AHEAD.map(({ ahead, name, note }) => (
        <label key={ahead} className="tele-sentence">
          <input
            type="radio"
            name="ahead"
            checked={props.ahead === ahead}
            onChange={() => props.onChange({ ahead })}
          />
          <span>
            {name} <span className="tele-muted">{note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Where the run goes; nothing to choose while there is one server. */
function ServerSelect(props: {
  readonly server: string
  readonly onChange: (part: Partial<GenerateDraft>) => void
}): ReactElement | null {
  const servers = useServers()
  if (servers.length < 2) return null
  const chosen = servers.find(({ id }) => id === props.server) ?? servers[0]
  return (
    <label className="tele-field">
      <span>Server</span>
      <select value={chosen?.id} onChange={(event) => props.onChange({ server: event.target.value })}>
        {servers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
