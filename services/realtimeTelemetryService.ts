import type {
  Connection,
  LiveState,
  RealtimeTelemetry,
  RealtimeTelemetryOptions,
  RealtimeTelemetryUpdate,
} from '../types'
import type { Cursor } from './history/recorderStore'
import { addressesOf } from './realtime/addresses'
import { BACKOFF_BASE_MS, backoffDelay } from './realtime/backoff'
import { createStream, type JournalBatch } from './realtime/createStream'
import { createLiveModel } from './realtime/liveModel'
import { openLink, type Link } from './realtime/openLink'
import { pollSystemStats } from './realtime/pollSystemStats'
import { probeServer, protocolMessage, type Probe } from './realtime/probeServer'
import { createDisposer } from './shared/createDisposer'
import { createFlusher } from './shared/createFlusher'
import { createListeners } from './shared/createStore'

export interface RealtimeStreamOptions extends RealtimeTelemetryOptions {
  /**
   * Where the stored history of a source stands; `undefined` from it asks for all of the server's past. The source is not
   * known before the first hello where nothing is probed. Without this option: from now on.
   */
  readonly resume?: (source: string | undefined) => Promise<Cursor | undefined>
  /** What a relative `url` is resolved against; default: this page. */
  readonly pageUrl?: string
  /** Uniform in [0, 1); for the jitter of the reconnects. */
  readonly random?: () => number
}
/** The stream with what the recorder and the page need of it besides the contract. */
export interface RealtimeStream extends RealtimeTelemetry {
  getSnapshot(): LiveState
  /** Lifecycle entries in the journal's order, each once, with the cursor after them. */
  onJournal(listener: (batch: JournalBatch) => void): () => void
  /** Every reading of an executing prompt that was applied. */
  onSample(listener: (update: RealtimeTelemetryUpdate, receivedAt: number) => void): () => void
  /** Forgets how far it had read and connects again from `resume()`: a new recorder takes over. */
  restart(): void
  /** The page or the network came back: what waits is tried at once, what is silent is found out. */
  hurry(): void
  /** Sets `reconnectAttempts` if nobody has. */
  limitTries(tries: number): void
}

/** What the page cannot change soon is asked again at leisure. */
const LEISURE_MS = 30_000
const TICK_MS = 500
const DEFAULT_BUFFER_MS = 33
const STALE_AT_LEAST_MS = 2_000
/** Failed upgrades after a good `/telemetry/info`: a proxy that doesn't pass WebSockets on. */
const MAX_FAILED_UPGRADES = 3
const STOCK_MISSING = ['scene progress', 'node times', 'GPU utilisation', 'GPU power', 'replay after a drop']

/**
 * The live state of one ComfyUI server. Nothing happens before `connect()`; then it finds out what answers, connects,
 * resumes after every drop where it left off, and never gives up unless `reconnectAttempts` says so. Whoever made it calls
 * `dispose()`: no socket, timer or listener is left.
 */
export function createRealtimeTelemetry(options: RealtimeStreamOptions): RealtimeStream {
  const now = options.now ?? Date.now
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
  const pageUrl = options.pageUrl ?? globalThis.location?.href
  const addresses = addressesOf(options.url, pageUrl)
  const origin = pageUrl ? new URL(pageUrl).origin : 'this page'
  const sourceName = options.source ?? addresses.base
  const model = createLiveModel(sourceName)
  const changes = createListeners<[]>()
  const flusher = createFlusher(changes.emit, options.bufferMs ?? DEFAULT_BUFFER_MS)
  const disposer = createDisposer()

  let maxTries = options.reconnectAttempts
  let wanted = false
  let attempt = 0
  let failedUpgrades = 0
  let resumed = false
  let link: Link | undefined
  let controller: AbortController | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let ticker: ReturnType<typeof setInterval> | undefined
  let stopFallback: (() => void) | undefined
  let lastHeard: number | undefined
  let liveSince = 0

  const say = (connection: Connection, problem?: string): void => {
    model.setConnection(connection, problem)
    flusher.request()
  }

  const stream = createStream(model, {
    base: addresses.base,
    sourceName,
    fetch: fetcher,
    wantsPast: options.resume !== undefined,
    now,
    onBroken: () => breakOff('The server did not answer with what was missed. It is asked again by itself.'),
    onProtocol(theirs) {
      stop()
      refuse('protocol', protocolMessage(theirs))
    },
    onChange: () => refresh(),
  })

  /** Ends whatever is going on, without a word. */
  const stop = (): void => {
    controller?.abort()
    clearTimeout(retryTimer)
    clearInterval(ticker)
    stopFallback?.()
    link?.abandon()
    stream.end()
    controller = link = stopFallback = undefined
    retryTimer = ticker = undefined
  }

  const begin = async (): Promise<void> => {
    stop()
    const current = (controller = new AbortController())
    if (model.connection().status !== 'reconnecting') say({ status: 'connecting' })
    const probe: Probe | undefined = addresses.probed
      ? await probeServer(addresses.base, fetcher, origin, current.signal)
      : undefined
    if (current.signal.aborted) return
    if (probe && probe.kind !== 'node') return follow(probe)
    await takeUp(probe?.info.source)
    if (!current.signal.aborted) openStream()
  }

  /** Before the first connection: goes on where the stored history stands. */
  const takeUp = async (source: string | undefined): Promise<void> => {
    if (!options.resume || resumed) return
    resumed = true
    stream.order.resumeFrom(await options.resume(source).catch(() => undefined))
  }

  const follow = (probe: Exclude<Probe, { kind: 'node' }>): void => {
    switch (probe.kind) {
      case 'stock':
        return fallBack()
      case 'refused':
        return refuse(probe.reason, probe.message)
      case 'silent':
        return retry(probe.message)
    }
  }

  const openStream = (): void => {
    stream.begin(lastHeard)
    let understood = false
    const opened = now()
    lastHeard = opened
    link = openLink(
      options.WebSocket ?? WebSocket,
      addresses.stream(stream.order.cursor(), options.intervalMs),
      {
        onFrame(data) {
          const at = now()
          lastHeard = at
          understood = stream.receive(data, at)
          if (understood) arrive(at)
        },
        onClose() {
          if (!understood) failedUpgrades += 1
          if (addresses.probed && failedUpgrades >= MAX_FAILED_UPGRADES) refuse('upgrade', UPGRADE_MESSAGE)
          else retry(understood ? undefined : 'The stream did not open. It is tried again by itself.')
        },
      },
    )
    ticker = setInterval(tick, TICK_MS)
  }

  const arrive = (at: number): void => {
    failedUpgrades = 0
    if (attempt !== 0 || !isUp(model.connection())) liveSince = at
    attempt = 0
    refresh()
  }

  /** Sets the connection to what is true of a socket that is heard. */
  const refresh = (): void => {
    flusher.request()
    if (!link || liveSince === 0) return
    const next = connectionNow()
    if (!isSame(model.connection(), next)) model.setConnection(next)
  }

  const connectionNow = (): Connection => {
    const remaining = stream.order.remaining()
    if (stream.isCatchingUp() || remaining > 0) return { status: 'replaying', remaining }
    const server = model.server()
    const limit = Math.max(2 * (server?.intervalMs ?? 0), STALE_AT_LEAST_MS)
    const since = Math.max(model.lastUpdate() ?? 0, liveSince)
    if (model.isExecuting() && now() - since > limit) return { status: 'stale', since }
    return { status: 'live', since: liveSince }
  }

  const tick = (): void => {
    const server = model.server()
    const silence = now() - (lastHeard ?? now())
    // A stream that greets nobody sends no heartbeats: its silence says nothing.
    const isExpected = stream.isGreeted() || liveSince === 0
    if (isExpected && silence > 2 * (server?.heartbeatMs ?? DEFAULT_HEARTBEAT_MS))
      return breakOff(SILENT_MESSAGE)
    refresh()
  }

  const breakOff = (why: string): void => {
    if (link) retry(why)
  }

  const retry = (problem: string | undefined): void => {
    stop()
    liveSince = 0
    attempt += 1
    if (maxTries !== undefined && attempt > maxTries) {
      wanted = false
      return say(
        { status: 'closed' },
        problem ?? 'The connection was lost and is not tried again. Reconnect by hand.',
      )
    }
    const delay = backoffDelay(
      attempt,
      options.backoffBaseMs ?? BACKOFF_BASE_MS,
      options.random ?? Math.random,
    )
    say({ status: 'reconnecting', attempt, retryAt: now() + delay }, problem)
    retryTimer = setTimeout(() => void begin(), delay)
  }

  const refuse = (reason: 'origin' | 'upgrade' | 'protocol', message: string): void => {
    stop()
    liveSince = 0
    say({ status: 'refused', reason, message }, message)
    retryTimer = setTimeout(() => void begin(), LEISURE_MS)
  }

  const fallBack = (): void => {
    attempt = 0
    say({ status: 'fallback', kind: 'stock', missing: STOCK_MISSING })
    stopFallback = pollSystemStats(addresses.base, fetcher, {
      onGpus(gpus) {
        lastHeard = now()
        model.setGpus(gpus, lastHeard)
        flusher.request()
      },
      onSilence: () => retry('The server stopped answering. It is tried again by itself.'),
    })
    retryTimer = setTimeout(() => void lookForNode(), LEISURE_MS)
  }

  /** The node may have been installed and the server restarted meanwhile; the fallback goes on until then. */
  const lookForNode = async (): Promise<void> => {
    const signal = controller?.signal
    if (!signal) return
    const probe = await probeServer(addresses.base, fetcher, origin, signal)
    if (signal.aborted) return
    if (probe.kind === 'node') return void begin()
    retryTimer = setTimeout(() => void lookForNode(), LEISURE_MS)
  }

  const hurry = (): void => {
    if (!wanted) return
    if (link) tick()
    else if (model.connection().status === 'reconnecting') void begin()
  }

  disposer.add(onWakeUp(hurry))
  disposer.add(() => {
    wanted = false
    stop()
    flusher.dispose()
    changes.clear()
    stream.onJournal.clear()
    stream.onSample.clear()
    model.setConnection({ status: 'closed' })
  })

  return {
    connect() {
      if (disposer.disposed) return
      const status = model.connection().status
      if (wanted && status !== 'reconnecting' && status !== 'refused') return
      wanted = true
      void begin()
    },
    disconnect() {
      if (disposer.disposed) return
      wanted = false
      attempt = 0
      liveSince = 0
      stop()
      say({ status: 'closed' })
    },
    restart() {
      if (disposer.disposed || !wanted) return
      resumed = false
      void begin()
    },
    hurry,
    limitTries: (tries) => void (maxTries ??= tries),
    dispose: disposer.dispose,
    subscribe: changes.add,
    getSnapshot: model.snapshot,
    onJournal: stream.onJournal.add,
    onSample: stream.onSample.add,
    onLifecycle: (listener) =>
      stream.onJournal.add(({ entries }) => {
        const updates = entries.flatMap((entry) => (entry.kind === 'update' ? [entry.update] : []))
        if (updates.length > 0) listener(updates)
      }),
  }
}

const DEFAULT_HEARTBEAT_MS = 5_000
const UPGRADE_MESSAGE =
  'The server answers, but its WebSocket does not open: a proxy between does not pass WebSockets on. ' +
  'Let it forward upgrades, or open the server directly.'
const SILENT_MESSAGE = 'The server has gone silent. It is tried again by itself.'

const isUp = ({ status }: Connection): boolean =>
  status === 'live' || status === 'stale' || status === 'replaying'

function isSame(a: Connection, b: Connection): boolean {
  if (a.status === 'live' && b.status === 'live') return a.since === b.since
  if (a.status === 'stale' && b.status === 'stale') return a.since === b.since
  if (a.status === 'replaying' && b.status === 'replaying') return a.remaining === b.remaining
  return false
}

/** Calls back when the network or the page comes back; returns its undo. */
function onWakeUp(callback: () => void): () => void {
  const page = globalThis.document
  const onVisible = (): void => {
    if (page.visibilityState === 'visible') callback()
  }
  globalThis.addEventListener?.('online', callback)
  page?.addEventListener('visibilitychange', onVisible)
  return () => {
    globalThis.removeEventListener?.('online', callback)
    page?.removeEventListener('visibilitychange', onVisible)
  }
}
