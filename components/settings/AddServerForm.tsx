import { useId, useState, type FormEvent, type ReactElement } from 'react'
import { reasonOf } from '../../utils/format/reasonOf'
import { useTelemetry } from '../../utils/hooks'

/** Adds a server that answers; what is wrong with an address is said by its field. */
export function AddServerForm(): ReactElement {
  const { servers } = useTelemetry()
  const id = useId()
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const add = async (): Promise<void> => {
    setAsking(true)
    const added = await servers.add({ url, name }).catch(unexpected)
    setAsking(false)
    setError(added.ok ? null : added.error)
    if (!added.ok) return
    setUrl('')
    setName('')
  }
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isAsking) void add()
  }
  return (
    <form className="tele-server-form" aria-label="Add a server" onSubmit={handleSubmit} noValidate>
      <label>
        <span>Address</span>
        <input
          type="url"
          value={url}
          autoComplete="off"
          placeholder="http://gpu-box:8188"
          aria-invalid={error !== null}
          aria-describedby={`${id}-error ${id}-help`}
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <label>
        <span>Name (optional)</span>
        <input
          value={name}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="tele-button" aria-disabled={isAsking}>
        {isAsking ? 'Asking the server…' : 'Add server'}
      </button>
      <p id={`${id}-error`} role="alert" className="tele-server-error">
        {error}
      </p>
      <p id={`${id}-help`} className="tele-muted">
        http or https, with a port or a path prefix: http://gpu-box:8188, https://host/comfy. The server must
        let pages from {location.origin} read it: ComfyUI started with GEMDIRECT_TELEMETRY_ORIGINS=
        {location.origin}, or named at npm start with --comfyui.
        {location.protocol === 'https:'
          ? ' This page came by https: a browser lets it reach https servers only, and those of this computer.'
          : ''}
      </p>
    </form>
  )
}

const unexpected = (error: unknown): { readonly ok: false; readonly error: string } => ({
  ok: false,
  error: reasonOf(error, 'The server could not be added. Reload the page and try again.'),
})
