import { createContext, useContext, useSyncExternalStore, type ReactElement, type ReactNode } from 'react'
import type { PageRealtime } from '../../services/telemetry/pageRealtime'
import { useTelemetry } from './TelemetryProvider'

const ShownContext = createContext<string | null>(null)

/** The server whose live state the hooks below it read; null, or an id that is not listed: the one the page was opened for. */
export function ShownServer(props: {
  readonly id: string | null
  readonly children?: ReactNode
}): ReactElement {
  return <ShownContext value={props.id}>{props.children}</ShownContext>
}

/** The id of the server that is shown here. */
export function useShownServerId(): string {
  const { servers } = useTelemetry()
  const id = useContext(ShownContext)
  return id !== null && servers.realtimeOf(id) ? id : servers.home
}

/** The live state of the server that is shown here. */
export function useShownRealtime(): PageRealtime {
  const { realtime, servers } = useTelemetry()
  const id = useContext(ShownContext)
  const read = (): PageRealtime => (id === null ? undefined : servers.realtimeOf(id)) ?? realtime
  return useSyncExternalStore(servers.subscribe, read, read)
}
