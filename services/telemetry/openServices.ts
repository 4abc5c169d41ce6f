import type { RecordingState, ReadableStore, StorageReport } from '../../types'
import { createComfyUIReader, type ComfyUIReader } from '../comfyUIService'
import { addressesOf } from '../realtime/addresses'
import { readSystemStats } from '../realtime/pollSystemStats'
import { probeServer } from '../realtime/probeServer'
import { createRealtimeTelemetry, type RealtimeStream } from '../realtimeTelemetryService'
import { openHistory, type OpenedHistory } from '../runHistoryService'
import { createStore } from '../shared/createStore'
import { createToldChannel } from '../told/createToldChannel'
import { createTelemetryRecorder, type TelemetryRecorder } from '../telemetryRecorder'

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
}

/** The services of one telemetry, as they live together in the worker (or, without one, in the page). */
export interface Services {
  readonly realtime: RealtimeStream
  readonly comfy: ComfyUIReader
  /** Rejects when the history can't be read, or the services were disposed first. */
  readonly opened: Promise<OpenedHistory>
  readonly ready: Promise<StorageReport>
  readonly recording: ReadableStore<RecordingState>
  dispose(): Promise<void>
}

export const HISTORY_DB = 'gemdirect1-telemetry'
/** Simulated runs never mix with real ones. */
export const SIMULATED_DB = 'gemdirect1-telemetry-simulated'

/** A server that doesn't answer by then is taken for a real one. */
const SIMULATION_PROBE_MS = 1_500
/** So long the stream waits to learn whether this tab records. */
const LEASE_WAIT_MS = 1_000

/** Builds the services, connects and records; `dispose` leaves no socket, timer, listener, lease or open database. */
export function openServices(options: ServiceOptions): Services {
  const now = options.now ?? Date.now
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
  const pageUrl = options.pageUrl ?? globalThis.location?.href
  const { base, probed } = addressesOf(options.url, pageUrl)
  const origin = pageUrl ? new URL(pageUrl).origin : 'this page'
  const recording = createStore<RecordingState>({ status: 'starting' })
  const controller = new AbortController()
  let recorder: TelemetryRecorder | undefined

  const open = async (): Promise<OpenedHistory> => {
    const dbName = options.dbName ?? (await chooseDatabase())
    return openHistory({ dbName, now, ...(options.indexedDB ? { indexedDB: options.indexedDB } : {}) })
  }

  const chooseDatabase = async (): Promise<string> => {
    if (!probed) return HISTORY_DB
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(SIMULATION_PROBE_MS)])
    const probe = await probeServer(base, fetcher, origin, signal)
    const stats = probe.kind === 'stock' ? await readSystemStats(base, fetcher, signal) : undefined
    const simulated = probe.kind === 'node' ? probe.info.simulated : stats?.simulated
    return simulated ? SIMULATED_DB : HISTORY_DB
  }

  const opened = open()
  const told = createToldChannel()
  const realtime = createRealtimeTelemetry({
    url: options.url,
    now,
    fetch: fetcher,
    resume: async (source) => {
      const { recorder: store } = await opened
      await firstDecision(store.lease)
      return source === undefined ? undefined : (await store.load(source)).source?.cursor
    },
    knownPrompts: async (source, query) => {
      const { recorder: store } = await opened
      await firstDecision(store.lease)
      return store.knownPrompts(source, query)
    },
    told,
    ...(pageUrl === undefined ? {} : { pageUrl }),
    ...(options.WebSocket ? { WebSocket: options.WebSocket } : {}),
    ...(options.backoffBaseMs === undefined ? {} : { backoffBaseMs: options.backoffBaseMs }),
  })

  /** Simulated and real runs must not meet in one history, whatever answers at the address later. */
  const refusal = (): string | undefined => {
    const simulated = realtime.getSnapshot().server?.simulated ?? false
    if (options.dbName !== undefined || simulated === (chosen === SIMULATED_DB)) return undefined
    return simulated
      ? 'This is simulated data and the history that is open is the real one, so nothing is saved. Reload the page.'
      : 'A real server answers now and the history that is open is the simulated one, so nothing is saved. Reload the page.'
  }
  let chosen = HISTORY_DB

  const start = async (): Promise<StorageReport> => {
    const history = await opened
    chosen = history.dbName
    const report = await history.history.storage()
    if (controller.signal.aborted) return report
    history.recorder.start()
    recorder = createTelemetryRecorder({
      stream: realtime,
      store: history.recorder,
      getRun: history.history.getRun,
      base,
      fetch: fetcher,
      now,
      refuses: refusal,
      ...(report.mode === 'memory' ? { memoryReason: report.reason ?? 'This browser denies storage.' } : {}),
    })
    const show = (): void => recording.set(recorder?.state.getSnapshot() ?? { status: 'starting' })
    recorder.state.subscribe(show)
    show()
    return report
  }

  const ready = start()
  realtime.connect()

  return {
    realtime,
    comfy: createComfyUIReader({ base, fetch: fetcher, now, origin }),
    opened,
    ready,
    recording,
    async dispose() {
      controller.abort()
      realtime.dispose()
      told.close()
      await ready.catch(() => undefined)
      await recorder?.dispose()
      await opened.then(({ history }) => history.close()).catch(() => undefined)
    },
  }
}

/** Resolves when the lease is held by somebody; a lease that can't be had soon is no reason to show nothing. */
function firstDecision(lease: ReadableStore<'held' | 'standby' | 'stopped'>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, LEASE_WAIT_MS)
    const unsubscribe = lease.subscribe(check)
    function check(): void {
      if (lease.getSnapshot() !== 'stopped') done()
    }
    function done(): void {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    check()
  })
}
