import { useState } from 'react'
import type { HashRoute } from './useHashRoute'
import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'
import { useServerIds } from './useServers'

/**
 * The server that the Live page's address names, else the first of the list; elsewhere the one that was shown last. `isUnknown`:
 * the address names one that is not in the list.
 */
export function useChosenServer({ page, query }: HashRoute): {
  readonly id: string | null
  readonly isUnknown: boolean
} {
  const ids = useServerIds()
  const [last, setLast] = useState<string | null>(null)
  const asked = page === 'live' ? query.get('server') : last
  if (last !== asked) setLast(asked)
  const isKnown = asked !== null && ids.includes(asked)
  // Before the history is open only the first server is known.
  const isOpen = useThrottledStore(useTelemetry().recording, ({ status }) => status !== 'starting', 0)
  return { id: isKnown ? asked : (ids[0] ?? null), isUnknown: asked !== null && isOpen && !isKnown }
}
