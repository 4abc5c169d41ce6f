import type { Connection, RealtimeTelemetryUpdate } from '../../types'
import type { KnownPrompts, KnownPromptsQuery } from '../history/recorderStore'
import { pollSystemStats } from '../realtime/pollSystemStats'
import { createDisposer } from '../shared/createDisposer'
import { createFlusher } from '../shared/createFlusher'
import type { StockFrame } from '../wire/stockFrame'
import type { StockEntry, StockQueue } from '../wire/stockPrompts'
import type { SystemStats } from '../wire/systemStats'
import { createLookout } from './createLookout'
import type { StockBook } from './createStockBook'
import { openStockSocket, type StockSocket } from './openStockSocket'
import { readPast } from './readPast'
import { createStockReader, HISTORY_PAGE } from './readStock'
import type { ServerClock } from './serverClock'
import { createStockReadings } from './stockReadings'

/** Where what a session finds out goes. */
export interface StockOutlet {
  lifecycle(updates: readonly RealtimeTelemetryUpdate[]): void
  /** What ended long ago: for the history, not for the page. */
  past(updates: readonly RealtimeTelemetryUpdate[]): void
  sample(update: RealtimeTelemetryUpdate): void
  /** Once a second, with the GPUs as they are now. */
  server(stats: SystemStats, gpus: SystemStats['gpus']): void
  connection(connection: Extract<Connection, { status: 'fallback' }>): void
  refused(count: number): void
  /** After every look: what the server shows is in the books. */
  looked(): void
  /** The server answers no more. */
  silence(): void
}
export interface StockSessionWorld {
  readonly base: string
  /** Of the server's `/ws`, the client's id in it. */
  readonly address: string
  readonly fetch: typeof fetch
  readonly WebSocket: typeof WebSocket
  readonly now: () => number
  readonly random: () => number
  readonly intervalMs: number
  readonly book: StockBook
  readonly clock: ServerClock
  /** What the stored history knows of this server's prompts; without it: from now on. */
  readonly knownPrompts: ((query: KnownPromptsQuery) => Promise<KnownPrompts>) | undefined
  readonly outlet: StockOutlet
}
export interface StockSession {
  /** Looks at once, and tries what waits. */
  hurry(): void
  stop(): void
}

/** comfyui-facts.md: "at most once a second". */
const LOOK_MS = 1_000
/** Where the socket tells nothing, the queue is looked at all the same. */
const GLANCE_MS = 10_000
/** What was told to have ended may have ended on the server a little later. */
const SLACK_MS = 60 * 60_000

/**
 * Watches a server without the telemetry node: its figures, its socket, and at every change its queue and history
 * (telemetry-protocol.md, "Falling back"). Begins at once; `stop` leaves no socket, timer or question.
 */
export function startStockSession(world: StockSessionWorld): StockSession {
  const { book, clock, outlet, now } = world
  const controller = new AbortController()
  const reader = createStockReader(world.base, world.fetch, controller.signal)
  const readings = createStockReadings()
  const disposer = createDisposer()
  let socket: StockSocket | undefined
  let stats: SystemStats | undefined
  let remaining: number | undefined
  let roseAt: number | undefined
  let isFirst = true
  let shown = ''
  let refused = 0

  const serverNow = (): number => clock.at(now())
  const isOver = (): boolean => controller.signal.aborted
  const sampler = createFlusher(() => {
    for (const update of book.samples(serverNow(), readings.gpus(now()))) outlet.sample(update)
  }, world.intervalMs)

  const look = async (): Promise<void> => {
    const at = serverNow()
    const rose = roseAt
    roseAt = undefined
    const queue = await reader.queue()
    // Read after the queue: what has left the one by then is in the other.
    const history = queue && (await reader.history())
    if (isOver()) return
    if (!queue || !history) return lookout.ask()
    const { entries } = history
    countRefused(queue.refused + history.refused)
    const isPageNew = book.unknown(entries).length === entries.length
    await recall(entries, queue)
    if (isOver()) return
    hearTimes(entries)
    const hasPast =
      entries.length >= HISTORY_PAGE && isPageNew && book.unknown(entries).length === entries.length
    const seen = { queue, entries, at, stats, isWatched: !isFirst }
    outlet.lifecycle(book.apply({ ...seen, ...(rose === undefined ? {} : { roseAt: rose }) }))
    shown = idsOf(queue)
    await lookForMissing(at)
    if (isOver()) return
    isFirst = false
    outlet.looked()
    sampler.request()
    if (book.isHolding()) lookout.ask()
    if (hasPast) await lookBack(entries)
  }
  const lookout = createLookout(look, LOOK_MS)

  /** Asks the stored history about what is new here. */
  const recall = async (entries: readonly StockEntry[], queue: StockQueue | undefined): Promise<void> => {
    const prompts = book.unknown([...entries, ...(queue?.running ?? []), ...(queue?.pending ?? [])])
    if (prompts.length === 0 && !isFirst && !book.isHolding()) return
    if (!world.knownPrompts) {
      const ended = new Set(book.isFresh() ? entries.map(({ promptId }) => promptId) : [])
      return book.learn({ open: [], ended, attempts: new Map() })
    }
    const times = entries.flatMap(({ end, startedAt }) => end?.timestamp ?? startedAt ?? [])
    const since = Math.min(serverNow(), ...times) - SLACK_MS
    const known = await world.knownPrompts({ since, scenes: book.scenesOf(prompts) }).catch(() => undefined)
    if (known && !isOver()) book.learn(known)
  }

  const lookForMissing = async (at: number): Promise<void> => {
    const gone: string[] = []
    for (const promptId of book.missing()) {
      const found = await reader.entry(promptId)
      if (isOver()) return
      if (found && found.entries.length > 0) outlet.lifecycle(book.applyPast(found.entries, stats))
      else if (found) gone.push(promptId)
    }
    outlet.lifecycle(book.endMissing(gone, at))
  }

  const lookBack = async (newest: readonly StockEntry[]): Promise<void> => {
    const past = await readPast(newest, {
      reader,
      turn: lookout.turn,
      unknown: async (entries) => {
        await recall(entries, undefined)
        return book.unknown(entries)
      },
    })
    if (!isOver()) outlet.past(book.applyPast(past, stats))
  }

  const glance = async (): Promise<void> => {
    const queue = await reader.queue()
    if (!isOver() && queue && idsOf(queue) !== shown) lookout.ask()
  }

  const hearTimes = (entries: readonly StockEntry[]): void => {
    const newest = entries.at(-1)?.end?.timestamp
    if (newest !== undefined) clock.hearPast(newest, now())
  }

  /** What can't be read stays there, and is counted once. */
  const countRefused = (count: number): void => {
    outlet.refused(Math.max(0, count - refused))
    refused = count
  }

  const hear = (frame: StockFrame): void => {
    if (frame.type === 'status') return hearStatus(frame.queueRemaining)
    if (frame.type === 'monitor') {
      readings.noteMonitor(frame.gpus, now())
      return showServer()
    }
    const timestamp = frame.type === 'ended' ? frame.end.timestamp : 'timestamp' in frame && frame.timestamp
    if (timestamp) clock.hear(timestamp, now())
    outlet.lifecycle(book.applyFrame(frame, serverNow()))
    if (frame.type === 'progress' || frame.type === 'executing') sampler.request()
  }

  const hearStatus = (next: number): void => {
    if (remaining === next) return
    if (next > (remaining ?? 0)) roseAt ??= remaining === undefined ? undefined : serverNow()
    remaining = next
    lookout.ask()
  }

  const showServer = (): void => {
    if (stats) outlet.server(stats, readings.gpus(now()))
    outlet.connection(readings.connection(now()))
  }

  const openSocket = (): void => {
    socket = openStockSocket(world, {
      onFrame: hear,
      onOpen: lookout.ask,
      onRefused: () => outlet.refused(1),
    })
    disposer.add(socket.close)
    lookout.ask()
  }

  disposer.add(() => controller.abort())
  disposer.add(lookout.stop)
  disposer.add(sampler.dispose)
  disposer.add(
    pollSystemStats(world.base, world.fetch, {
      onSilence: outlet.silence,
      onStats(next) {
        stats = next
        readings.noteStats(next)
        showServer()
        sampler.request()
        if (!socket) openSocket()
      },
    }),
  )
  const glances = setInterval(() => void glance(), GLANCE_MS)
  disposer.add(() => clearInterval(glances))

  return {
    hurry() {
      socket?.hurry()
      lookout.ask()
    },
    stop: disposer.dispose,
  }
}

const idsOf = ({ running, pending }: StockQueue): string =>
  [...running, ...pending].map(({ promptId }) => promptId).join('\n')
