import { useLive } from './useLive'
import { useTelemetry } from './TelemetryProvider'

/** Where the files of a prompt are: at a server that is connected now, or out of reach. */
export type FileServer =
  { readonly kind: 'here'; readonly url: string } | { readonly kind: 'offline' | 'elsewhere' }

/**
 * The server that has the files of `source`; without a source the one that is connected. File names repeat between servers, so
 * one server's are never asked of another.
 */
export function useFileServer(source: string | undefined): FileServer {
  const { url } = useTelemetry()
  const current = useLive((state) => state.server?.source)
  const isUp = useLive(({ connection }) => UP.has(connection.status))
  if (source !== undefined && current !== undefined && source !== current) return ELSEWHERE
  if (!isUp || (source !== undefined && current === undefined)) return OFFLINE
  return { kind: 'here', url }
}

const UP: ReadonlySet<string> = new Set(['live', 'stale', 'replaying', 'fallback'])
const ELSEWHERE: FileServer = { kind: 'elsewhere' }
const OFFLINE: FileServer = { kind: 'offline' }
