import type { ComfyUIService, Connection } from '../types'
import { probeServer } from './realtime/probeServer'
import { readSystemStats } from './realtime/pollSystemStats'

/** The reading half of the contract's ComfyUIService: nothing is queued or stopped here. */
export type ComfyUIReader = Pick<ComfyUIService, 'probe' | 'systemStats'>

export interface ComfyUIReaderOptions {
  /** The server's HTTP base, absolute. */
  readonly base: string
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Of the page, for the words of a refusal. */
  readonly origin: string
}

/** Asks a ComfyUI server over HTTP. Holds nothing; an answer that never comes is given up after 5 s. */
export function createComfyUIReader(options: ComfyUIReaderOptions): ComfyUIReader {
  const never = new AbortController().signal
  return {
    async probe() {
      const probe = await probeServer(options.base, options.fetch, options.origin, never)
      const connections = {
        node: (): Connection => ({ status: 'live', since: options.now() }),
        stock: (): Connection => ({ status: 'fallback', kind: 'stock', missing: [] }),
      }
      if (probe.kind === 'refused') return { status: 'refused', reason: probe.reason, message: probe.message }
      return probe.kind === 'silent' ? { status: 'closed' } : connections[probe.kind]()
    },
    async systemStats() {
      return (await readSystemStats(options.base, options.fetch, never))?.gpus ?? []
    },
  }
}
