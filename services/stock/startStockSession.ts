import type { KnownPrompts, KnownPromptsQuery } from '../history/recorderStore'
import { pollSystemStats } from '../realtime/pollSystemStats'
import { createDisposer } from '../shared/createDisposer'
import { createFlusher } from '../shared/createFlusher'
import type { StockFrame } from '../wire/stockFrame'
import type { SystemStats } from '../wire/systemStats'
import { createLooker } from './createLooker'
import { createLookout } from './createLookout'
import type { StockBook } from './createStockBook'
import { openStockSocket, type StockSocket } from './openStockSocket'
import { createStockReader } from './createStockReader'
import type { ServerClock } from './serverClock'
import type { StockOutlet } from './stockOutlet'
import { createStockReadings } from './stockReadings'

/** Where the server is, and who hears what it shows. */
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
/** One watch of a server. */
export interface StockSession {
  /** Looks at once, and tries what waits. */
  hurry(): void
  stop(): void
}

/** ComfyUI answers with whole graphs, so it is asked at most this often. */
const LOOK_MS = 1_000
/** Where the socket tells nothing, the queue is looked at all the same. */
const GLANCE_MS = 10_000

/**
 * Watches a server without the telemetry node: its figures, its socket, and at every change its queue and history
 * (docs/live.md, "A server without the node"). Begins at once; `stop` leaves no socket, timer or question.
 */
export function startStockSession(world: StockSessionWorld): StockSession {
  const { book, clock, outlet, now } = world
  const controller = new AbortController()
  const readings = createStockReadings()
  const disposer = createDisposer()
  let socket: StockSocket | undefined
  let stats: SystemStats | undefined
  let remaining: number | undefined
  let roseAt: number | undefined

  const serverNow = (): number => clock.at(now())
  const sampler = createFlusher(() => {
    for (const update of book.samples(serverNow(), readings.gpus(now()))) outlet.sample(update)
  }, world.intervalMs)

  const look = async (): Promise<void> => {
    const rose = roseAt
    roseAt = undefined
    const outcome = await looker.look(rose)
    if (controller.signal.aborted) return
    outlet.looked()
    sampler.request()
    if (outcome === 'again') lookout.ask()
  }
  const lookout = createLookout(look, LOOK_MS)
  const looker = createLooker({
    ...world,
    reader: createStockReader(world.base, world.fetch, controller.signal),
    signal: controller.signal,
    turn: lookout.turn,
    stats: () => stats,
  })
  const glance = async (): Promise<void> => {
    if (await looker.glance()) lookout.ask()
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
