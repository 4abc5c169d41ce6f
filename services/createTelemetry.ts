import type { Generation, ReadableStore, RecordingState, Telemetry, TelemetryOptions } from '../types'
import { addressesOf } from './realtime/addresses'
import { serverIdOf } from './servers/serverAddress'
import { createDisposer } from './shared/createDisposer'
import { createStore } from './shared/createStore'
import type { PresetBook } from './presets/createPresetBook'
import { loadPart } from './shared/loadPart'
import { onWakeUp } from './shared/onWakeUp'
import { defaultServerUrl } from './telemetry/defaultServerUrl'
import { createFileFacade, type PageFiles } from './telemetry/fileFacade'
import { createHistoryFacade, type PageHistory } from './telemetry/historyFacade'
import type { ServiceOptions } from './telemetry/openServices'
import { createPolicyStore, type PolicyStore } from './telemetry/createPolicyStore'
import type { PageRealtime } from './telemetry/pageRealtime'
import { createPageServers, type PageServers } from './telemetry/pageServers'
import { createPresetFacade } from './telemetry/presetFacade'
import { createQueueFacade, type PageQueue } from './telemetry/queueFacade'
import type { ServicePort } from './telemetry/servicePort'
import { createWorkerPort } from './telemetry/workerPort'

/** `Telemetry`, and what the page needs besides. */
export interface TelemetryCore extends Telemetry {
  readonly realtime: PageRealtime
  readonly servers: PageServers
  readonly comfy: PageQueue
  readonly history: PageHistory
  /** Saved searches. */
  readonly presets: PresetBook
  readonly files: PageFiles
  readonly recording: ReadableStore<RecordingState>
  /** The runs that this tab queues. */
  readonly generations: ReadableStore<readonly Generation[]>
  readonly policy: PolicyStore
  /** The server's address, as it was given or found. */
  readonly url: string
}

/**
 * Builds the services once: in a worker, or in the page when parts are injected, `worker` is false or there is none. Returns at
 * once and connects by itself; history calls wait for `ready`. Whoever made it calls `dispose()`, which leaves no socket,
 * worker, timer, listener, channel or lease.
 */
export function createTelemetry(options: TelemetryOptions = {}): TelemetryCore {
  const url = options.comfyUrl ?? defaultServerUrl(globalThis.location)
  const recording = createStore<RecordingState>({ status: 'starting' })
  const revision = createStore({ revision: 0 })
  const maintenance = createStore<ReturnType<PageHistory['maintenance']['getSnapshot']>>(null)
  const generations = createStore<readonly Generation[]>([])
  const disposer = createDisposer()
  const port = openPort(options)
  const { realtime, servers, sinks, dispose: disposeServers } = createPageServers(port, homeIdOf(url))
  const ready = port.then((services) =>
    services.start(serviceOptions(options, url), {
      ...sinks,
      recording: recording.set,
      generations: generations.set,
      maintenance: maintenance.set,
      revision(next) {
        if (revision.getSnapshot().revision !== next) revision.set({ revision: next })
      },
    }),
  )
  const whenReady = ready.then(() => port)
  whenReady.catch(() => undefined)
  // Who never asks for `ready` is told by `recording`.
  ready.catch((error: unknown) => {
    const reason =
      error instanceof Error ? error.message : 'The telemetry could not be started. Reload the page.'
    recording.set({ status: 'paused', reason })
  })
  disposer.add(onWakeUp(() => void whenReady.then((services) => services.hurry()).catch(() => undefined)))
  disposer.add(disposeServers)
  const history = createHistoryFacade(whenReady, revision, maintenance)
  const presets = createPresetFacade(async () => {
    const { createPresetBook } = await loadPart(() => import('./presets/createPresetBook'))
    return createPresetBook(history, ready, options.now ?? Date.now)
  })
  disposer.add(presets.dispose)
  return {
    realtime,
    servers,
    url,
    recording,
    ready,
    generations,
    policy: createPolicyStore(options.policy, options.onPolicyChange),
    ...createQueueFacade(port),
    presets,
    history: {
      ...history,
      async deleteEverything() {
        await history.deleteEverything()
        await presets.forget()
      },
    },
    files: createFileFacade(whenReady),
    async dispose() {
      if (disposer.disposed) return
      disposer.dispose()
      await (await port).dispose()
    },
  }
}

/** As the services name it. An address that is none is told by `ready`. */
function homeIdOf(url: string): string {
  try {
    return serverIdOf(addressesOf(url, globalThis.location?.href).base)
  } catch {
    return 'server'
  }
}

function openPort({
  worker,
  indexedDB,
  WebSocket: Socket,
  fetch: fetcher,
  now,
}: TelemetryOptions): Promise<ServicePort> {
  const isInjected = indexedDB ?? Socket ?? fetcher ?? now
  const inPage = isInjected !== undefined || worker === false || typeof Worker === 'undefined'
  // A host's content policy may forbid workers: the same code in the page still records while its tab is awake.
  return inPage ? createPagePort() : createWorkerPort().catch(createPagePort)
}

/** Loaded only where it is wanted: a page whose worker has the services needs no second copy of them. */
const createPagePort = async (): Promise<ServicePort> =>
  (await import('./telemetry/servicePort')).createServicePort()

function serviceOptions(options: TelemetryOptions, url: string): ServiceOptions {
  const { dbName, indexedDB, WebSocket: Socket, fetch: fetcher, now, preload } = options
  return {
    url,
    ...(globalThis.location ? { pageUrl: globalThis.location.href } : {}),
    ...(dbName === undefined ? {} : { dbName }),
    ...(indexedDB ? { indexedDB } : {}),
    ...(Socket ? { WebSocket: Socket } : {}),
    ...(fetcher ? { fetch: fetcher } : {}),
    ...(now ? { now } : {}),
    ...(preload ? { preload } : {}),
  }
}
