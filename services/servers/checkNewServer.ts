import type { Result } from '../../types'
import { readSystemStats } from '../realtime/pollSystemStats'
import { probeServer } from '../realtime/probeServer'
import { MAX_SERVERS } from '../wire/serverList'
import { readServerAddress } from './readServerAddress'
import { serverIdOf } from './serverAddress'

/** A server that answers as ComfyUI and is not in the list yet. */
export interface NewServer {
  readonly id: string
  readonly base: string
  readonly source?: string
}
export interface KnownServer {
  readonly id: string
  readonly base: string
  readonly name: string
  readonly source?: string
}
export interface CheckWorld {
  readonly fetch: typeof fetch
  readonly pageUrl: string | undefined
  /** Of the page, for the words of a refusal. */
  readonly origin: string
  readonly signal: AbortSignal
}

/** Whether a server may be added: read, compared with those that are known, asked who it is. The error is a sentence. */
export async function checkNewServer(
  typed: string,
  known: readonly KnownServer[],
  world: CheckWorld,
): Promise<Result<NewServer, string>> {
  if (known.length >= MAX_SERVERS)
    return failure(`${MAX_SERVERS} servers are the most that can be watched at once. Remove one first.`)
  const address = readServerAddress(typed, world.pageUrl)
  if (!address.ok) return address
  const base = address.value
  const id = serverIdOf(base)
  const listed = known.find((server) => server.base === base || server.id === id)
  if (listed) return failure(`That address is in the list already, as ${listed.name}.`)
  const probe = await probeServer(base, world.fetch, world.origin, world.signal)
  switch (probe.kind) {
    case 'node': {
      const { source } = probe.info
      const twin = known.find((server) => server.source === source)
      if (twin) return failure(`That is the server that is in the list as ${twin.name}, by another address.`)
      return { ok: true, value: { id, base, source } }
    }
    case 'stock': {
      const isComfy = (await readSystemStats(base, world.fetch, world.signal)) !== undefined
      return isComfy ? { ok: true, value: { id, base } } : failure(`What answers at ${base} is not ComfyUI.`)
    }
    case 'refused':
      return failure(probe.message)
    case 'silent':
      return failure(probe.message.replace(' It is tried again by itself.', ' Start it, then add it again.'))
  }
}

const failure = (error: string): Result<NewServer, string> => ({ ok: false, error })
