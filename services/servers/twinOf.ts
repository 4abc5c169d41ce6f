import type { LiveState } from '../../types'
import type { Server } from './createServer'

/**
 * The server, earlier among these, that turned out to be the same one by another address and is heard now; undefined when there is
 * none. Of two entries of one server it is the later one whose runs are not saved a second time.
 */
export function twinOf(id: string, servers: readonly Server[]): Server | undefined {
  const own = servers.findIndex((server) => server.id === id)
  const source = servers[own]?.realtime.getSnapshot().server?.source
  if (source === undefined) return undefined
  return servers.slice(0, own).find(({ realtime }) => {
    const state = realtime.getSnapshot()
    return state.server?.source === source && isHeard(state)
  })
}

const isHeard = ({ connection: { status } }: LiveState): boolean =>
  status === 'live' || status === 'stale' || status === 'replaying'
