import type { Server } from '../servers/createServer'
import type { RunningServers } from '../servers/createServers'
import type { ToldChannel } from '../told/createToldChannel'
import { createComfyClient } from './createComfyClient'
import type { GenerationWorld } from './createGeneration'
import { createTeller } from './createTeller'
import { GenerateError } from './generateError'

/** Each server as the queuing side needs it. */
export interface QueueWorlds {
  /** By the id of the list; the first one without. Throws a GenerateError for one that is not in the list. */
  (serverId: string | undefined): Omit<GenerationWorld, 'jobs'>
  dispose(): void
}

export function createQueueWorlds(options: {
  readonly servers: Pick<RunningServers, 'get' | 'home'>
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly random?: () => number
  readonly told: ToldChannel
}): QueueWorlds {
  const { servers, now } = options
  const worlds = new Map<Server, Omit<GenerationWorld, 'jobs'>>()

  const make = ({ base, clientId, realtime }: Server): Omit<GenerationWorld, 'jobs'> => {
    const isStock = (): boolean => realtime.getSnapshot().connection.status === 'fallback'
    return {
      client: createComfyClient({ base, clientId, fetch: options.fetch }),
      teller: createTeller({ ...options, base, isStock }),
      now,
      random: options.random ?? Math.random,
      onLifecycle: realtime.onLifecycle,
      nodeKeepsLimit: () => !isStock() && realtime.getSnapshot().server?.epoch !== undefined,
    }
  }
  const worldOf = (serverId: string | undefined): Omit<GenerationWorld, 'jobs'> => {
    const server = serverId === undefined ? servers.home : servers.get(serverId)
    if (!server)
      throw new GenerateError('gone', 'That server is not in the list any more: add it in Settings.')
    const world = worlds.get(server) ?? make(server)
    worlds.set(server, world)
    return world
  }
  return Object.assign(worldOf, {
    dispose() {
      for (const { teller } of worlds.values()) teller.dispose()
      worlds.clear()
    },
  })
}
