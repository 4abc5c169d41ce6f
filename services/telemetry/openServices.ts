import type { ReadableStore, StorageReport } from '../../types'
import { queueOnDemand } from '../comfy/queueOnDemand'
import type { ComfyUIQueue } from '../comfyUIService'
import { addressesOf } from '../realtime/addresses'
import { probeServer } from '../realtime/probeServer'
import type { RealtimeStream } from '../realtimeTelemetryService'
import type { Maintenance } from '../history/maintenance'
import { HISTORY_DB, openHistory, type OpenedHistory } from '../runHistoryService'
import type { Server } from '../servers/createServer'
import { createServers, type RunningServers } from '../servers/createServers'
import { serverIdOf } from '../servers/serverAddress'
import { createStore } from '../shared/createStore'
import { loadPart } from '../shared/loadPart'
import { createToldChannel } from '../told/createToldChannel'
import type { SystemStats } from '../wire/systemStats'

export interface ServiceOptions {
  /** A server's base or the stream itself, as in RealtimeTelemetryOptions. */
  readonly url: string
  /** What relative addresses are resolved against. */
  readonly pageUrl?: string
  readonly dbName?: string
  readonly indexedDB?: IDBFactory
  readonly WebSocket?: typeof WebSocket
  readonly fetch?: typeof fetch
  readonly now?: () => number
  /** As in RealtimeTelemetryOptions. */
  readonly backoffBaseMs?: number
  /** As in TelemetryOptions. */
  readonly preload?: boolean
}

/** The services of one telemetry, as they live together in the worker (or, without one, in the page). */
export interface Services {
  readonly servers: RunningServers
  /** The first server's. */
  readonly realtime: RealtimeStream
  readonly recording: Server['recording']
  readonly comfy: ComfyUIQueue
  /** Rejects when the history can't be read, or the services were disposed first. */
  readonly opened: Promise<OpenedHistory>
  /** Why the history is not whole yet, also while it is being opened. */
  readonly maintenance: ReadableStore<Maintenance | null>
  readonly ready: Promise<StorageReport>
  dispose(): Promise<void>
}

/** Simulated runs never mix with real ones. */
export const SIMULATED_DB = 'gemdirect1-telemetry-simulated'

/** A server that doesn't answer by then is taken for a real one. */
const SIMULATION_PROBE_MS = 1_500

/** Builds the services, connects and records; `dispose` leaves no socket, timer, listener, lease or open database. */
export function openServices(options: ServiceOptions): Services {
  const now = options.now ?? Date.now
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
  const pageUrl = options.pageUrl ?? globalThis.location?.href
  const { base, probed } = addressesOf(options.url, pageUrl)
  const origin = pageUrl ? new URL(pageUrl).origin : 'this page'
  const controller = new AbortController()

  const maintenance = createStore<Maintenance | null>(null)
  const open = async (): Promise<OpenedHistory> => {
    const dbName = options.dbName ?? (await chooseDatabase())
    const { indexedDB } = options
    return openHistory({ dbName, now, maintenance, ...(indexedDB ? { indexedDB } : {}) })
  }

  const chooseDatabase = async (): Promise<string> => {
    if (!probed) return HISTORY_DB
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(SIMULATION_PROBE_MS)])
    const probe = await probeServer(base, fetcher, origin, signal)
    const stats = probe.kind === 'stock' ? await readStats(signal) : undefined
    const simulated = probe.kind === 'node' ? probe.info.simulated : stats?.simulated
    return simulated ? SIMULATED_DB : HISTORY_DB
  }

  const readStats = async (signal: AbortSignal): Promise<SystemStats | undefined> => {
    const part = await import('../realtime/pollSystemStats').catch(() => undefined)
    return part?.readSystemStats(base, fetcher, signal)
  }

  let chosen = HISTORY_DB
  /** Simulated and real runs must not meet in one history, whatever answers at an address later. */
  const refusesKind = ({ realtime }: Server, isHome: boolean): string | undefined => {
    const simulated = realtime.getSnapshot().server?.simulated ?? false
    if (options.dbName !== undefined || simulated === (chosen === SIMULATED_DB)) return undefined
    return (simulated ? WORDS.simulated : WORDS.real) + (isHome ? WORDS.reload : '')
  }

  const opened = open()
  const start = async (): Promise<StorageReport> => {
    const { dbName, history, recorder } = await opened
    chosen = dbName
    const report = await history.storage()
    if (!controller.signal.aborted) recorder.start()
    if (options.preload) void preload()
    if (report.mode === 'indexeddb' && dbName !== SIMULATED_DB) void readHostDraft()
    return { ...report, simulated: dbName === SIMULATED_DB }
  }
  const preload = async (): Promise<void> => {
    const part = await import('./preloadParts').catch(() => undefined)
    await part?.preloadParts()
  }
  /** The host's own draft of a history, once; if it can't be had now, the next page tries again. */
  const readHostDraft = async (): Promise<void> => {
    try {
      const { history, draft } = await opened
      const { importDraft } = await import('../payload/importDraft')
      if (!controller.signal.aborted) await importDraft(history, options.indexedDB ?? indexedDB, draft)
    } catch {
      // nothing of it is lost: the draft stays where it is
    }
  }
  const ready = start()
  const told = createToldChannel()
  const servers = createServers(
    { id: serverIdOf(base), base, url: options.url },
    {
      opened,
      now,
      fetch: fetcher,
      pageUrl,
      origin,
      WebSocket: options.WebSocket,
      backoffBaseMs: options.backoffBaseMs,
      refusesKind,
      told,
    },
  )
  const comfy = queueOnDemand(async () => {
    const { createComfyUIQueue } = await loadPart(() => import('../comfyUIService'))
    return createComfyUIQueue({ servers, fetch: fetcher, now, origin, told, history: opened })
  }, now)

  return {
    servers,
    realtime: servers.home.realtime,
    recording: servers.home.recording,
    comfy,
    opened,
    maintenance,
    ready,
    async dispose() {
      controller.abort()
      await comfy.dispose()
      told.close()
      await servers.dispose()
      await ready.catch(() => undefined)
      await opened
        .then(async ({ history, recorder }) => {
          await recorder.stop()
          history.close()
        })
        .catch(() => undefined)
    },
  }
}

const WORDS = {
  simulated: 'This is simulated data and the history that is open is the real one, so nothing is saved.',
  real: 'A real server answers now and the history that is open is the simulated one, so nothing is saved.',
  reload: ' Reload the page.',
} as const
