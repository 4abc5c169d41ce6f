import type { Connection, GpuReading } from '../../types'
import { onWakeUp } from '../shared/onWakeUp'
import type { Addresses } from './addresses'
import { BACKOFF_BASE_MS, backoffDelay } from './backoff'
import { connectionOf, isSameConnection } from './connectionOf'
import type { Stream } from './createStream'
import type { LiveModel } from './liveModel'
import { openLink, type Link } from './openLink'
import { pollSystemStats } from './pollSystemStats'
import { probeServer, protocolMessage, type Probe } from './probeServer'

/** Keeps a stream connected: finds out what answers, opens, watches, waits, tries again. */
export interface Connector {
  connect(): void
  disconnect(): void
  /** Connects anew, taking up from where the stored history stands. */
  restart(): void
  /** Tries at once what waits, and finds out what is silent. */
  hurry(): void
  limitTries(tries: number): void
  /** What is being read can't be completed on this connection. */
  breakOff(why: string): void
  refuseProtocol(theirs: number): void
  /** Says what is true of the socket now. */
  refresh(): void
  dispose(): void
}

export interface ConnectorWorld {
  readonly addresses: Addresses
  readonly origin: string
  readonly fetch: typeof fetch
  readonly WebSocket: () => typeof WebSocket
  readonly now: () => number
  readonly random: () => number
  readonly intervalMs: number | undefined
  readonly backoffBaseMs: number | undefined
  readonly maxTries: number | undefined
  /** Before the first connection of a connector, and of each restart. */
  readonly takeUp: (source: string | undefined, signal: AbortSignal) => Promise<void>
  readonly onChange: () => void
}

/** What the page cannot change soon is asked again at leisure. */
const LEISURE_MS = 30_000
const TICK_MS = 500
const DEFAULT_HEARTBEAT_MS = 5_000
/** Failed upgrades after a good `/telemetry/info`: a proxy that doesn't pass WebSockets on. */
const MAX_FAILED_UPGRADES = 3
const STOCK_MISSING = ['scene progress', 'node times', 'GPU utilisation', 'GPU power', 'replay after a drop']
const WORDS = {
  upgrade:
    'The server answers, but its WebSocket does not open: a proxy between does not pass WebSockets on. ' +
    'Let it forward upgrades, or open the server directly.',
  silent: 'The server has gone silent. It is tried again by itself.',
  unopened: 'The stream did not open. It is tried again by itself.',
  gone: 'The server stopped answering. It is tried again by itself.',
  gaveUp: 'The connection was lost and is not tried again. Reconnect by hand.',
} as const

export function createConnector(model: LiveModel, stream: Stream, world: ConnectorWorld): Connector {
  let wanted = false
  let disposed = false
  let takenUp = false
  let maxTries = world.maxTries
  let attempt = 0
  let failedUpgrades = 0
  let link: Link | undefined
  let controller: AbortController | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let ticker: ReturnType<typeof setInterval> | undefined
  let stopPolling: (() => void) | undefined
  let lastHeard: number | undefined
  let lastUnderstood: number | undefined
  /** When this connection was first understood; undefined while it isn't. */
  let liveSince: number | undefined

  const say = (connection: Connection, problem?: string): void => {
    model.setConnection(connection, problem)
    world.onChange()
  }

  /** Ends whatever is going on, without a word. */
  const stop = (): void => {
    controller?.abort()
    clearTimeout(retryTimer)
    clearInterval(ticker)
    stopPolling?.()
    link?.abandon()
    stream.end()
    controller = link = stopPolling = liveSince = undefined
  }

  const begin = async (): Promise<void> => {
    stop()
    const { signal } = (controller = new AbortController())
    if (model.connection().status !== 'reconnecting') say({ status: 'connecting' })
    const { addresses, fetch: fetcher, origin } = world
    const probe = addresses.probed ? await probeServer(addresses.base, fetcher, origin, signal) : undefined
    if (signal.aborted) return
    if (probe && probe.kind !== 'node') return follow(probe)
    if (!takenUp) await world.takeUp(probe?.info.source, signal)
    if (signal.aborted) return
    takenUp = true
    openStream()
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
    stream.begin(lastUnderstood)
    lastHeard = world.now()
    const address = world.addresses.stream(stream.order.cursor(), world.intervalMs)
    link = openLink(world.WebSocket(), address, { onFrame: hear, onClose: lose })
    ticker = setInterval(tick, TICK_MS)
  }

  const hear = (data: unknown): void => {
    const at = world.now()
    lastHeard = at
    if (!stream.receive(data, at) || !link) return
    failedUpgrades = 0
    // While the journal can't be read each try waits longer, however well the socket opens.
    if (!stream.isCatchingUp()) attempt = 0
    liveSince ??= at
    lastUnderstood = at
    refresh()
  }

  const lose = (): void => {
    if (liveSince !== undefined) return retry(undefined)
    failedUpgrades += 1
    if (world.addresses.probed && failedUpgrades >= MAX_FAILED_UPGRADES) refuse('upgrade', WORDS.upgrade)
    else retry(WORDS.unopened)
  }

  const refresh = (): void => {
    world.onChange()
    if (!link || liveSince === undefined) return
    const socket = {
      liveSince,
      remaining: stream.order.remaining(),
      isCatchingUp: stream.isCatchingUp(),
      isExecuting: model.isExecuting(),
      lastUpdate: model.lastUpdate(),
      intervalMs: model.server()?.intervalMs ?? 0,
    }
    const next = connectionOf(socket, world.now())
    if (!isSameConnection(model.connection(), next)) model.setConnection(next)
  }

  const tick = (): void => {
    // A clock that was set back says nothing of the silence before.
    lastHeard = Math.min(lastHeard ?? 0, world.now())
    const silence = world.now() - lastHeard
    // A stream that greets nobody promised no heartbeats: its silence says nothing.
    const isExpected = stream.isGreeted() || liveSince === undefined
    const limit = 2 * (model.server()?.heartbeatMs ?? DEFAULT_HEARTBEAT_MS)
    if (isExpected && silence > limit) retry(WORDS.silent)
    else refresh()
  }

  const retry = (problem: string | undefined): void => {
    stop()
    attempt += 1
    if (maxTries !== undefined && attempt > maxTries) {
      wanted = false
      return say({ status: 'closed' }, problem ?? WORDS.gaveUp)
    }
    const delay = backoffDelay(attempt, world.backoffBaseMs ?? BACKOFF_BASE_MS, world.random)
    say({ status: 'reconnecting', attempt, retryAt: world.now() + delay }, problem)
    retryTimer = setTimeout(() => void begin(), delay)
  }

  const refuse = (reason: 'origin' | 'upgrade' | 'protocol', message: string): void => {
    stop()
    say({ status: 'refused', reason, message }, message)
    retryTimer = setTimeout(() => void begin(), LEISURE_MS)
  }

  const fallBack = (): void => {
    say({ status: 'fallback', kind: 'stock', missing: STOCK_MISSING })
    stopPolling = pollSystemStats(world.addresses.base, world.fetch, {
      onGpus: showGpus,
      onSilence: () => retry(WORDS.gone),
    })
    retryTimer = setTimeout(() => void lookForNode(), LEISURE_MS)
  }

  const showGpus = (gpus: readonly GpuReading[]): void => {
    attempt = 0
    lastHeard = world.now()
    model.setGpus(gpus, lastHeard)
    world.onChange()
  }

  /** The node may have been installed and the server restarted meanwhile; the fallback goes on until then. */
  const lookForNode = async (): Promise<void> => {
    const signal = controller?.signal
    if (!signal) return
    const probe = await probeServer(world.addresses.base, world.fetch, world.origin, signal)
    if (signal.aborted) return
    if (probe.kind === 'node') return void begin()
    retryTimer = setTimeout(() => void lookForNode(), LEISURE_MS)
  }

  const hurry = (): void => {
    if (!wanted) return
    if (link) tick()
    else if (model.connection().status === 'reconnecting') void begin()
  }

  const sleep = onWakeUp(hurry)

  return {
    connect() {
      const { status } = model.connection()
      const goesOn = status === 'live' || status === 'replaying' || status === 'connecting'
      if (disposed || (wanted && goesOn)) return
      wanted = true
      attempt = failedUpgrades = 0
      void begin()
    },
    disconnect() {
      if (disposed) return
      wanted = false
      attempt = 0
      stop()
      say({ status: 'closed' })
    },
    restart() {
      if (disposed) return
      takenUp = false
      if (wanted) void begin()
    },
    hurry,
    limitTries: (tries) => void (maxTries ??= tries),
    breakOff(why) {
      if (link) retry(why)
    },
    refuseProtocol: (theirs) => refuse('protocol', protocolMessage(theirs)),
    refresh,
    dispose() {
      if (disposed) return
      disposed = true
      wanted = false
      sleep()
      stop()
      model.setConnection({ status: 'closed' })
    },
  }
}
