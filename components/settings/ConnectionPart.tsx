import { useEffect, useRef, type ReactElement } from 'react'
import { ShownServer, useServerIds, useTelemetry } from '../../utils/hooks'
import { AddServerForm } from './AddServerForm'
import { ServerRow } from './ServerRow'
import './ConnectionPart.css'

/** The servers that are watched: which, how each stands, and how to add, name, order and remove them. */
export function ConnectionPart(): ReactElement {
  const ids = useServerIds()
  const { servers } = useTelemetry()
  const moved = useRef<HTMLElement | null>(null)
  // A row that moves in the page loses the focus that the button in it had.
  useEffect(() => {
    moved.current?.focus()
    moved.current = null
  }, [ids])
  const move = (id: string, by: number, button: HTMLElement): void => {
    const order = ids.filter((each) => each !== id)
    order.splice(ids.indexOf(id) + by, 0, id)
    moved.current = button
    void servers.reorder(order)
  }
  return (
    <section className="tele-card" id="connection" aria-labelledby="tele-connection-title">
      <h2 id="tele-connection-title">Connection</h2>
      <ol className="tele-server-list" aria-label="ComfyUI servers">
        {ids.map((id, at) => (
          <ShownServer key={id} id={id}>
            <ServerRow
              id={id}
              isFirst={at === 0}
              isLast={at === ids.length - 1}
              onMove={(by, button) => move(id, by, button)}
            />
          </ShownServer>
        ))}
      </ol>
      <AddServerForm />
      <p className="tele-muted">
        There is no authentication, as in ComfyUI itself: everybody who can reach an address can read its
        telemetry. A server behind a user name and password is reached through npm start with
        COMFYUI_AUTH=user:password.
      </p>
    </section>
  )
}
