import type {
  HistoricalRun,
  LiveState,
  RealtimeTelemetry,
  RealtimeTelemetryOptions,
  RealtimeTelemetryUpdate,
} from '../types'
import type { Cursor, KnownPrompts, KnownPromptsQuery } from './history/recorderStore'
import { addressesOf } from './realtime/addresses'
import { createConnector, type Connector } from './realtime/createConnector'
import { createStream } from './realtime/createStream'
import type { JournalBatch } from './realtime/journalBatch'
import { createLiveModel } from './realtime/liveModel'
import { createDisposer } from './shared/createDisposer'
import { createFlusher } from './shared/createFlusher'
import { createListeners } from './shared/createStore'
import { isTerminal } from './realtime/sceneBoard'
import { createId } from './shared/createId'
import { loadPart } from './shared/loadPart'
import { stockOnDemand } from './stock/stockOnDemand'
import { createRelabelling, isAdhoc } from './told/createRelabelling'
import type { ToldChannel } from './told/createToldChannel'
import type { ToldMessage } from './wire/told'

export interface RealtimeStreamOptions extends RealtimeTelemetryOptions {
  /**
   * Where the stored history of a source stands; `undefined` from it asks for all of the server's past. The source is not
   * known before the first hello where nothing is probed. Without this option: from now on.
   */
  readonly resume?: (source: string | undefined) => Promise<Cursor | undefined>
  /**
   * What the stored history knows of the prompts of a server without a journal. Without this option: what is over when it is
   * first looked at is passed over.
   */
  readonly knownPrompts?: (source: string, query: KnownPromptsQuery) => Promise<KnownPrompts>
  /** By which a stock server knows whose prompts these are: that of whoever queues. Default: one of its own. */
  readonly clientId?: string
  /** What the queuing side says where no node carries it. Not closed here. */
  readonly told?: ToldChannel
  /** What a relative `url` is resolved against; default: this page. */
  readonly pageUrl?: string
  /** Uniform in [0, 1); for the jitter of the reconnects. */
  readonly random?: () => number
}

/** The stream with what the recorder and the page need of it besides the contract. */
export interface RealtimeStream
  extends RealtimeTelemetry, Pick<Connector, 'restart' | 'hurry' | 'limitTries'> {
  getSnapshot(): LiveState
  /** Shows runs of the history that go on, which a page that just opened was never told of. */
  takeUp(runs: readonly HistoricalRun[]): void
  /** Lifecycle entries in the journal's order, each once, with the cursor after them. */
  onJournal(listener: (batch: JournalBatch) => void): () => void
  /** Every reading of an executing prompt that was applied. */
  onSample(listener: (update: RealtimeTelemetryUpdate, receivedAt: number) => void): () => void
}

const DEFAULT_BUFFER_MS = 33
/** As the node's own default. */
const DEFAULT_SAMPLE_MS = 250

/**
 * The live state of one ComfyUI server. Nothing happens before `connect()`; then it finds out what answers, connects,
 * resumes after every drop where it left off, and never gives up unless `reconnectAttempts` says so. Whoever made it calls
 * `dispose()`: no socket, timer or listener is left. Throws a TypeError when `url` is no address.
 */
export function createRealtimeTelemetry(options: RealtimeStreamOptions): RealtimeStream {
  const now = options.now ?? Date.now
  const fetcher: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init))
  const pageUrl = options.pageUrl ?? globalThis.location?.href
  const addresses = addressesOf(options.url, pageUrl)
  const { resume } = options
  const sourceName = options.source ?? addresses.base
  const model = createLiveModel(sourceName)
  const changes = createListeners<[]>()
  const flusher = createFlusher(changes.emit, options.bufferMs ?? DEFAULT_BUFFER_MS)

  const relabelling = createRelabelling()
  const stream = createStream(model, {
    base: addresses.base,
    sourceName,
    fetch: fetcher,
    wantsPast: resume !== undefined,
    relabel: relabelling.apply,
    isNode: addresses.probed,
    now,
    onBroken: () =>
      connector.breakOff('The server did not tell what was missed. It is asked again by itself.'),
    onProtocol: (theirs) => connector.refuseProtocol(theirs),
    onChange: () => connector.refresh(),
  })
  const fallback = stockOnDemand(async () => {
    const { createStockFallback } = await loadPart(() => import('./stock/createStockFallback'))
    return createStockFallback(model, {
      base: addresses.base,
      address: addresses.stock(options.clientId ?? createId()),
      source: sourceName,
      fetch: fetcher,
      WebSocket: () => options.WebSocket ?? WebSocket,
      now,
      random: options.random ?? Math.random,
      intervalMs: options.intervalMs ?? DEFAULT_SAMPLE_MS,
      ...(options.knownPrompts ? { knownPrompts: options.knownPrompts } : {}),
      publish: stream.onJournal.emit,
      sample: stream.onSample.emit,
      onChange: flusher.request,
    })
  })
  const connector = createConnector(model, stream, {
    addresses,
    fallback,
    origin: pageUrl ? new URL(pageUrl).origin : 'this page',
    fetch: fetcher,
    WebSocket: () => options.WebSocket ?? WebSocket,
    now,
    random: options.random ?? Math.random,
    intervalMs: options.intervalMs,
    backoffBaseMs: options.backoffBaseMs,
    maxTries: options.reconnectAttempts,
    async takeUp(source, signal) {
      const cursor = await resume?.(source).catch(() => undefined)
      if (resume && !signal.aborted) stream.order.resumeFrom(cursor)
    },
    onChange: flusher.request,
  })

  const hearTold = (message: ToldMessage): void => {
    if (message.base !== addresses.base) return
    if (message.type === 'label') relabelling.note(message)
    const { status } = model.connection()
    const isStreaming = status === 'live' || status === 'stale' || status === 'replaying'
    if (!isStreaming) return fallback.hear(message)
    // Outcomes and runs reach the node itself.
    if (message.type === 'label') moveLabelled(message.promptId)
  }
  /** A label that came after the first word of its prompt. */
  const moveLabelled = (promptId: string): void => {
    const scenes = [...model.snapshot().scenes.values()]
    const shown = scenes.find(
      (update) => update.promptId === promptId && isAdhoc(update) && !isTerminal(update),
    )
    if (!shown) return
    const update = relabelling.apply(shown)
    model.forgetScene(shown.runId ?? '', shown.sceneId)
    model.applyUpdate(update, true, now())
    const source = update.source ?? sourceName
    stream.onJournal.emit({ entries: [{ kind: 'update', update }], cursor: stream.order.cursor(), source })
    flusher.request()
  }

  const disposer = createDisposer()
  disposer.add(options.told?.onTold(hearTold) ?? (() => undefined))
  disposer.add(changes.clear)
  disposer.add(stream.onJournal.clear)
  disposer.add(stream.onSample.clear)
  disposer.add(flusher.dispose)
  disposer.add(connector.dispose)

  return {
    connect: connector.connect,
    disconnect: connector.disconnect,
    restart: connector.restart,
    hurry: connector.hurry,
    limitTries: connector.limitTries,
    dispose: disposer.dispose,
    subscribe: changes.add,
    getSnapshot: model.snapshot,
    takeUp(runs) {
      for (const run of runs) model.takeUp(run, now())
      flusher.request()
    },
    onJournal: stream.onJournal.add,
    onSample: stream.onSample.add,
    onLifecycle: (listener) =>
      stream.onJournal.add(({ entries }) => {
        const updates = entries.flatMap((entry) => (entry.kind === 'update' ? [entry.update] : []))
        if (updates.length > 0) listener(updates)
      }),
  }
}
