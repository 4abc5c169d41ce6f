import { useCallback } from 'react'
import type { ServerEntry } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'

/** Where the files of a prompt are: at a server that is connected now, or out of reach. */
export type FileServer =
  { readonly kind: 'here'; readonly url: string } | { readonly kind: 'offline' | 'elsewhere' }

/**
 * The server that has the files of `source`; without a source the first that is connected. File names repeat between servers, so
 * one server's are never asked of another.
 */
export function useFileServer(source: string | undefined): FileServer {
  const { servers } = useTelemetry()
  const select = useCallback((entries: readonly ServerEntry[]) => placeOf(entries, source), [source])
  const place = useThrottledStore(servers, select)
  return place === 'offline' || place === 'elsewhere' ? { kind: place } : { kind: 'here', url: place }
}

/** The server's address, or why there is none: as text, so that nothing renders until it changes. */
function placeOf(entries: readonly ServerEntry[], source: string | undefined): string {
  const own = entries.filter(
    (entry) => source === undefined || entry.source === source || entry.url === source,
  )
  const up = own.find(({ connection }) => UP.has(connection.status))
  if (up) return up.url
  const isElsewhere =
    own.length === 0 && entries.length > 0 && entries.every((entry) => entry.source !== undefined)
  return isElsewhere ? 'elsewhere' : 'offline'
}

const UP: ReadonlySet<string> = new Set(['live', 'stale', 'replaying', 'fallback'])
