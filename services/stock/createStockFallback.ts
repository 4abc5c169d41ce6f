import type { Connection, RealtimeTelemetryUpdate, ServerIdentity } from '../../types'
import type { KnownPrompts, KnownPromptsQuery } from '../history/recorderStore'
import type { JournalBatch } from '../realtime/journalBatch'
import type { LiveModel } from '../realtime/liveModel'
import { MAX_TOLD } from '../told/createToldChannel'
import type { SystemStats } from '../wire/systemStats'
import type { ToldMessage } from '../wire/told'
import { createStockBook } from './createStockBook'
import { startStockSession, type StockSession } from './startStockSession'
import { createServerClock } from './serverClock'

/** What a page has of a server without the telemetry node; its books outlast the connections. */
export interface StockFallback {
  /** Begins to watch. Whoever started it stops it. */
  start(events: FallbackEvents): StockSession
  /** Forgets what was told: what the stored history lacks is told again. */
  reset(): void
  /** Of the queuing side, about this server; while a node streams, that carries it. */
  hear(message: ToldMessage): void
}
/** What a connector hears of the watch. */
export interface FallbackEvents {
  onConnection(connection: Extract<Connection, { status: 'fallback' }>): void
  onSilence(): void
}
/** Where the server is, and where what it shows goes. */
export interface StockFallbackWorld {
  readonly base: string
  readonly address: string
  readonly source: string
  readonly fetch: typeof fetch
  readonly WebSocket: () => typeof WebSocket
  readonly now: () => number
  readonly random: () => number
  readonly intervalMs: number
  readonly knownPrompts?: (source: string, query: KnownPromptsQuery) => Promise<KnownPrompts>
  readonly publish: (batch: JournalBatch) => void
  readonly sample: (update: RealtimeTelemetryUpdate, receivedAt: number) => void
  readonly onChange: () => void
}

/** The recorder writes in parts. */
const ENTRIES_AT_ONCE = 200

/** Nothing happens before `start`. */
export function createStockFallback(model: LiveModel, world: StockFallbackWorld): StockFallback {
  const { source, now } = world
  const clock = createServerClock()
  let book = createStockBook(source)
  let session: StockSession | undefined
  let told: readonly ToldMessage[] = []
  let waiting: readonly ToldMessage[] = []

  const publish = (updates: readonly RealtimeTelemetryUpdate[]): void => {
    for (let from = 0; from < updates.length; from += ENTRIES_AT_ONCE) {
      const part = updates.slice(from, from + ENTRIES_AT_ONCE)
      const entries = part.map((update) => ({ kind: 'update', update }) as const)
      world.publish({ entries, cursor: undefined, source })
    }
    if (updates.length > 0) world.onChange()
  }

  const lifecycle = (updates: readonly RealtimeTelemetryUpdate[]): void => {
    for (const update of updates) {
      model.applyUpdate(update, true, now())
      model.count('applied')
    }
    publish(updates)
  }

  const sample = (update: RealtimeTelemetryUpdate): void => {
    if (model.applyUpdate(update, false, now()) === 'ignored') return
    model.count('applied')
    world.sample(update, now())
    world.onChange()
  }

  const apply = (message: ToldMessage): void => {
    const at = clock.at(message.at)
    switch (message.type) {
      case 'label': {
        const { updates, from } = book.applyLabel(message, at)
        if (from) model.forgetScene(from.runId, from.sceneId)
        return lifecycle(updates)
      }
      case 'outcome':
        return lifecycle(book.applyOutcome(message, at))
      case 'run':
        model.applyRun({ ...message, timestamp: at }, now())
        world.publish({ entries: [{ kind: 'run', run: message, at }], cursor: undefined, source })
        world.onChange()
    }
  }

  /** How often their scenes were queued is asked first: it is what their attempts are counted by. */
  const flush = async (): Promise<void> => {
    if (waiting.length === 0 || book.isFresh()) return
    const due = waiting
    waiting = []
    const scenes = due.flatMap((message) => ('sceneId' in message ? [message] : []))
    const known = await world
      .knownPrompts?.(source, { since: clock.at(now()), scenes })
      .catch(() => undefined)
    if (known) book.learn({ ...known, open: [], ended: new Set() })
    for (const message of due) apply(message)
  }

  const showServer = (stats: SystemStats, gpus: SystemStats['gpus']): void => {
    model.identify(identityOf(source, stats, clock.offset(), world.intervalMs))
    model.setGpus(gpus, now())
    world.onChange()
  }

  const { knownPrompts } = world
  return {
    start: ({ onConnection, onSilence }) =>
      (session = startStockSession({
        ...world,
        WebSocket: world.WebSocket(),
        book,
        clock,
        knownPrompts: knownPrompts && ((query) => knownPrompts(source, query)),
        outlet: {
          lifecycle,
          past: publish,
          sample,
          server: showServer,
          connection: onConnection,
          refused: (count) => model.count('refused', count),
          looked: () => void flush(),
          silence: onSilence,
        },
      })),
    reset() {
      book = createStockBook(source)
      for (const message of told) if (message.type === 'label') book.applyLabel(message, clock.at(message.at))
      waiting = told.filter(({ type }) => type === 'outcome')
    },
    hear(message) {
      if (message.type !== 'run') told = [...told, message].slice(-MAX_TOLD)
      // Before the first look it is not known what the server has, nor whether a node will answer after all.
      const waits = message.type === 'outcome' || (message.type === 'run' && book.isFresh())
      if (waits) waiting = [...waiting, message].slice(-MAX_TOLD)
      else apply(message)
      void flush()
      session?.hurry()
    },
  }
}

function identityOf(
  source: string,
  { comfyVersion, simulated }: SystemStats,
  clockOffset: number,
  intervalMs: number,
): ServerIdentity {
  return {
    source,
    name: 'ComfyUI',
    simulated,
    heartbeatMs: 0,
    intervalMs,
    clockOffset,
    ...(comfyVersion === undefined ? {} : { version: comfyVersion }),
  }
}
