import type { PageRealtime } from '../../services/telemetry/pageRealtime'
import type { PageServers } from '../../services/telemetry/pageServers'

/** Visits every server that is in the list now or comes to it; a visit's undo is called when its server goes. Returns the undo of all. */
export function eachServer(servers: PageServers, visit: (realtime: PageRealtime) => () => void): () => void {
  const visited = new Map<PageRealtime, () => void>()
  const follow = (): void => {
    const ids = new Set([servers.home, ...servers.getSnapshot().map(({ id }) => id)])
    const listed = new Set([...ids].flatMap((id) => servers.realtimeOf(id) ?? []))
    for (const [realtime, leave] of visited) {
      if (listed.has(realtime)) continue
      visited.delete(realtime)
      leave()
    }
    for (const realtime of listed) if (!visited.has(realtime)) visited.set(realtime, visit(realtime))
  }
  const unsubscribe = servers.subscribe(follow)
  follow()
  return () => {
    unsubscribe()
    for (const leave of visited.values()) leave()
    visited.clear()
  }
}
