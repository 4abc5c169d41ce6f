import type { Connection, Result } from '../../types'
import { onWakeUp } from '../shared/onWakeUp'
import type { StockSession } from '../stock/startStockSession'
import type { StockOnDemand } from '../stock/stockOnDemand'
import type { Addresses } from './addresses'
import { BACKOFF_BASE_MS, backoffDelay } from './backoff'
import type { Stream } from './createStream'
import type { LiveModel } from './liveModel'
import { openStreamLink, type StreamLink } from './openStreamLink'
import { probeServer, protocolMessage, type Probe } from './probeServer'
import { createSavedFigures } from './savedFigures'
import { watchForNode } from './watchForNode'

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

/** What a connector connects to, and by what. */
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
  /** What there is of a server without the node. */
  readonly fallback: StockOnDemand
  readonly onChange: () => void
}

/** What the page cannot change soon is asked again at leisure. */
const LEISURE_MS = 30_000
/** Failed upgrades after a good `/telemetry/info`: a proxy that doesn't pass WebSockets on. */
const MAX_FAILED_UPGRADES = 3
const WORDS = {
  upgrade:
    'The server answers, but its WebSocket does not open: a proxy between does not pass WebSockets on. ' +
    'Let it forward upgrades, or open the server directly.',
  silent: 'The server has gone silent. It is tried again by itself.',
  unopened: 'The stream did not open. It is tried again by itself.',
  gone: 'The server stopped answering. It is tried again by itself.',
  gaveUp: 'The connection was lost and is not tried again. Reconnect by hand.',
} as const

/** Nothing happens before `connect`. Whoever made it disposes of it: no socket, timer or question is left. */
export function createConnector(model: LiveModel, stream: Stream, world: ConnectorWorld): Connector {
  const saved = createSavedFigures(model, world)
  let wanted = false
  let disposed = false
  let takenUp = false
  let maxTries = world.maxTries
  let attempt = 0
  let failedUpgrades = 0
  let link: StreamLink | undefined
  let session: StockSession | undefined
  let stopWatching: (() => void) | undefined
  let controller: AbortController | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let lastUnderstood: number | undefined
  let silentSince: number | undefined

  const say = (connection: Connection, problem?: string): void => {
    model.setConnection(connection, problem, silentSince)
    world.onChange()
  }

  /** Ends whatever is going on, without a word. */
  const stop = (): void => {
    silentSince ??= session ? world.now() : lastUnderstood
    controller?.abort()
    clearTimeout(retryTimer)
    stopWatching?.()
    session?.stop()
    link?.abandon()
    controller = link = session = stopWatching = undefined
  }

  const begin = async (): Promise<void> => {
    stop()
    const { signal } = (controller = new AbortController())
    if (!isWaiting(model.connection())) say({ status: 'connecting' })
    const { addresses, fetch: fetcher, origin } = world
    const probe = addresses.probed ? await probeServer(addresses.base, fetcher, origin, signal) : undefined
    if (signal.aborted) return
    if (probe?.kind === 'silent') return showSaved(probe.message, signal)
    saved.clear()
    if (probe && probe.kind !== 'node') return follow(probe, signal)
    if (!takenUp) await world.takeUp(probe?.info.source, signal)
    if (signal.aborted) return
    takenUp = true
    openStream()
  }

  const showSaved = async (why: string, signal: AbortSignal): Promise<void> => {
    const loadedAt = await saved.show(signal)
    if (!signal.aborted) retry(why, loadedAt)
  }

  const follow = (
    probe: Exclude<Probe, { kind: 'node' | 'silent' }>,
    signal: AbortSignal,
  ): void | Promise<void> => {
    switch (probe.kind) {
      case 'stock':
        return fallBack(signal)
      case 'refused':
        return refuse(probe.reason, probe.message)
    }
  }

  const openStream = (): void => {
    const address = world.addresses.stream(stream.order.cursor(), world.intervalMs)
    const socket = { address, WebSocket: world.WebSocket(), now: world.now, silentSince: lastUnderstood }
    link = openStreamLink(model, stream, socket, { onUnderstood, onLost, onChange: world.onChange })
  }

  const onUnderstood = (): void => {
    failedUpgrades = 0
    silentSince = undefined
    // While the journal can't be read each try waits longer, however well the socket opens.
    if (!stream.isCatchingUp()) attempt = 0
    lastUnderstood = world.now()
  }

  const onLost = (how: 'closed' | 'silent', wasUnderstood: boolean): void => {
    if (how === 'silent') return retry(WORDS.silent)
    if (wasUnderstood) return retry(undefined)
    failedUpgrades += 1
    if (world.addresses.probed && failedUpgrades >= MAX_FAILED_UPGRADES) refuse('upgrade', WORDS.upgrade)
    else retry(WORDS.unopened)
  }

  const retry = (problem: string | undefined, savedAt?: number): void => {
    stop()
    attempt += 1
    if (maxTries !== undefined && attempt > maxTries) {
      wanted = false
      return say({ status: 'closed' }, problem ?? WORDS.gaveUp)
    }
    const delay = backoffDelay(attempt, world.backoffBaseMs ?? BACKOFF_BASE_MS, world.random)
    const waiting = { status: 'reconnecting', attempt, retryAt: world.now() + delay } as const
    say(savedAt === undefined ? waiting : { status: 'static', loadedAt: savedAt }, problem)
    retryTimer = setTimeout(() => void begin(), delay)
  }

  const refuse = (reason: 'origin' | 'upgrade' | 'protocol', message: string): void => {
    stop()
    say({ status: 'refused', reason, message }, message)
    retryTimer = setTimeout(() => void begin(), LEISURE_MS)
  }

  const fallBack = async (signal: AbortSignal): Promise<void> => {
    const { addresses, fetch: fetcher, origin } = world
    const loaded = await settled(world.fallback.load())
    if (signal.aborted) return
    if (!loaded.ok) return retry(loaded.error)
    session = loaded.value.start({ onConnection: showFallback, onSilence: () => retry(WORDS.gone) })
    // It may have been installed and the server restarted meanwhile; the fallback goes on until then.
    stopWatching = watchForNode(
      { base: addresses.base, fetch: fetcher, origin },
      LEISURE_MS,
      () => void begin(),
    )
  }

  const showFallback = (next: Extract<Connection, { status: 'fallback' }>): void => {
    attempt = 0
    silentSince = undefined
    const before = model.connection()
    const isSame =
      before.status === 'fallback' &&
      before.kind === next.kind &&
      before.missing.join() === next.missing.join()
    if (!isSame) say(next)
  }

  const hurry = (): void => {
    if (!wanted) return
    session?.hurry()
    if (link) link.check()
    else if (isWaiting(model.connection())) void begin()
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
      world.fallback.reset()
      if (wanted) void begin()
    },
    hurry,
    limitTries: (tries) => void (maxTries ??= tries),
    breakOff(why) {
      if (link) retry(why)
    },
    refuseProtocol: (theirs) => refuse('protocol', protocolMessage(theirs)),
    refresh: () => link?.refresh(),
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

const settled = <T>(work: Promise<T>): Promise<Result<T, string>> =>
  work.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error: error instanceof Error ? error.message : WORDS.unopened }),
  )

/** Nothing answers, and it is tried again by itself. */
const isWaiting = ({ status }: Connection): boolean => status === 'reconnecting' || status === 'static'
