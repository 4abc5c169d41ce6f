import type { ReadableStore, RecordingState } from '../../types'
import { createRealtimeTelemetry, type RealtimeStream } from '../realtimeTelemetryService'
import type { OpenedHistory } from '../runHistoryService'
import { createId } from '../shared/createId'
import { createStore } from '../shared/createStore'
import { createTelemetryRecorder, type Refusal, type TelemetryRecorder } from '../telemetryRecorder'
import type { ToldChannel } from '../told/createToldChannel'

/** One ComfyUI server that is watched: its stream, and the recorder that saves what it tells. */
export interface Server {
  readonly id: string
  /** Its HTTP base, absolute. */
  readonly base: string
  /** Of its stock socket: what is queued with it is told there. */
  readonly clientId: string
  readonly realtime: RealtimeStream
  readonly recording: ReadableStore<RecordingState>
  /** Whether what it tells may be saved is asked again. */
  reconsider(): void
  /** Leaves no socket, timer or listener; resolves once nothing of it is being written. */
  dispose(): Promise<void>
}
export interface ServerOptions {
  readonly id: string
  readonly base: string
  /** As in RealtimeTelemetryOptions; the base or the stream itself. */
  readonly url: string
}
/** What all servers of a telemetry share. */
export interface ServerWorld {
  readonly opened: Promise<OpenedHistory>
  readonly now: () => number
  readonly fetch: typeof fetch
  readonly pageUrl: string | undefined
  readonly WebSocket: typeof WebSocket | undefined
  readonly backoffBaseMs: number | undefined
  /** What the queuing side tells where no node carries it. */
  readonly told: ToldChannel
  /** Why what that server tells may not go into this history. */
  readonly refuses: (id: string) => Refusal | undefined
  readonly nameOf: (id: string) => string
}

/** So long the stream waits to learn whether this tab records. */
const LEASE_WAIT_MS = 1_000

/** Connects and records at once, without end; whoever made it disposes of it. */
export function createServer({ id, base, url }: ServerOptions, world: ServerWorld): Server {
  const { opened, pageUrl } = world
  const clientId = createId()
  const recording = createStore<RecordingState>({ status: 'starting' })
  let recorder: TelemetryRecorder | undefined
  let isDisposed = false
  const realtime = createRealtimeTelemetry({
    url,
    now: world.now,
    fetch: world.fetch,
    resume: async (source) => {
      const { recorder: store } = await opened
      await firstDecision(store.lease)
      if (source === undefined) return undefined
      const memory = await store.load(source)
      realtime.takeUp(memory.running)
      return memory.source?.cursor
    },
    knownPrompts: async (source, query) => {
      const { recorder: store } = await opened
      await firstDecision(store.lease)
      return store.knownPrompts(source, query)
    },
    clientId,
    told: world.told,
    ...(pageUrl === undefined ? {} : { pageUrl }),
    ...(world.WebSocket ? { WebSocket: world.WebSocket } : {}),
    ...(world.backoffBaseMs === undefined ? {} : { backoffBaseMs: world.backoffBaseMs }),
  })

  const record = async (): Promise<void> => {
    // Not a turn later: what the stream tells before somebody listens is told to nobody.
    const history = await opened
    if (isDisposed) return
    recorder = createTelemetryRecorder({
      stream: realtime,
      store: history.recorder,
      getRun: history.history.getRun,
      base,
      label: () => world.nameOf(id),
      fetch: world.fetch,
      now: world.now,
      refuses: () => world.refuses(id),
      memoryReason: history.memoryReason,
    })
    const show = (): void => recording.set(recorder?.state.getSnapshot() ?? { status: 'starting' })
    recorder.state.subscribe(show)
    show()
    if (realtime.getSnapshot().server) recorder.reconsider()
  }

  // A history that can't be opened is told by `ready`.
  const recorded = record().catch(() => undefined)
  realtime.connect()
  return {
    id,
    base,
    clientId,
    realtime,
    recording,
    reconsider: () => recorder?.reconsider(),
    async dispose() {
      isDisposed = true
      realtime.dispose()
      await recorded
      await recorder?.dispose()
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
