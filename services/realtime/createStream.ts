import type { RealtimeTelemetryUpdate } from '../../types'
import { createListeners, type Listeners } from '../shared/createStore'
import { PROTOCOL } from '../wire/messages'
import type { HelloMessage, RunMessage, StateMessage, StreamMessage } from '../wire/messages'
import { parseFrame } from '../wire/parseFrame'
import { createBareUpdates } from './bareUpdates'
import { catchUp, isJournaled } from './catchUp'
import type { JournalBatch, JournalEntry } from './journalBatch'
import { createJournalOrder, MAX_HELD, type Journaled, type JournalOrder } from './journalOrder'
import type { LiveModel } from './liveModel'

/** What messages mean: frames in, the model and the journal's readers out. Knows nothing of sockets and retries. */
export interface Stream {
  readonly order: JournalOrder
  readonly onJournal: Listeners<[JournalBatch]>
  readonly onSample: Listeners<[RealtimeTelemetryUpdate, number]>
  /** A new connection begins, and is to be ended; `silentSince` is when the one before was last heard. */
  begin(silentSince: number | undefined): void
  /** True once a message of this connection was understood. */
  receive(data: unknown, receivedAt: number): boolean
  /** The connection ended: what is being read is dropped. */
  end(): void
  isCatchingUp(): boolean
  /** A hello came on this connection: heartbeats are due. */
  isGreeted(): boolean
}

/** Whose frames they are, and what the stream asks of its connection. */
export interface StreamWorld {
  readonly base: string
  readonly sourceName: string
  readonly fetch: typeof fetch
  readonly wantsPast: boolean
  /** Gives an update the scene that its host says it is of; the same reference where none said so. */
  readonly relabel: (update: RealtimeTelemetryUpdate) => RealtimeTelemetryUpdate
  /** The server is known to be a node, whose first message is a hello. */
  readonly isNode: boolean
  readonly now: () => number
  /** The missing part can't be had: begin the connection anew. */
  readonly onBroken: () => void
  readonly onProtocol: (theirs: number) => void
  readonly onChange: () => void
}

/** The same hole is asked for so often before it counts as lost: with the waits between, about half a minute. */
const MAX_FAILURES = 8

export function createStream(model: LiveModel, world: StreamWorld): Stream {
  const order = createJournalOrder(world.wantsPast)
  const onJournal = createListeners<[JournalBatch]>()
  const onSample = createListeners<[RealtimeTelemetryUpdate, number]>()
  let controller = new AbortController()
  let bare = createBareUpdates()
  let greeted: HelloMessage | undefined
  let heard = false
  let ended = false
  let silentSince: number | undefined
  let catchingUp = false
  let failures = 0
  let heldCount = 0
  /** The journal is another one, and its `state` has not said yet what is still open; what is to be read then. */
  let otherJournal: { readonly until: number } | undefined
  const pending: JournalEntry[] = []

  const publish = (): void => {
    if (pending.length === 0) return
    const entries = pending.splice(0)
    onJournal.emit({ entries, cursor: order.cursor(), source: greeted?.source ?? world.sourceName })
  }

  const deliver = (entries: readonly Journaled[], receivedAt: number): void => {
    for (const entry of entries) {
      if (catchingUp || order.remaining() > 0) model.count('replayed')
      applyEntry(entry, receivedAt)
    }
  }

  const applyEntry = (entry: Journaled, receivedAt: number): void => {
    model.count('applied')
    if (entry.type === 'run') return applyRun(entry, receivedAt)
    const { type: _, ...given } = entry
    const update = identified(given)
    model.applyUpdate(update, true, receivedAt)
    pending.push({ kind: 'update', update })
  }

  const applyRun = (run: RunMessage, receivedAt: number): void => {
    model.applyRun(run, receivedAt)
    pending.push({ kind: 'run', run, at: run.timestamp ?? receivedAt })
  }

  const identified = (update: RealtimeTelemetryUpdate): RealtimeTelemetryUpdate => {
    const labelled = world.relabel(update)
    if (labelled !== update) model.forgetScene(update.runId ?? '', update.sceneId)
    return update.source ? labelled : { ...labelled, source: greeted?.source ?? world.sourceName }
  }

  const readMissing = async (until: number): Promise<void> => {
    catchingUp = true
    heldCount = 0
    const { signal } = controller
    const caught = await catchUp(order, until, {
      ...world,
      signal,
      deliver(entries, refused) {
        deliver(entries, world.now())
        if (refused > 0) model.count('refused', refused)
        publish()
        world.onChange()
      },
    })
    if (signal.aborted) return
    catchingUp = false
    if (caught.kind !== 'done' && ++failures < MAX_FAILURES) return world.onBroken()
    failures = 0
    if (caught.kind !== 'done') giveUpOn(until)
    else if (caught.lost > 0) model.count('lost', caught.lost)
    world.onChange()
  }

  /** Better to go on with a hole that is named than never to go on. */
  const giveUpOn = (until: number): void => {
    const at = world.now()
    const { due, missing } = order.caughtUp(until, until)
    model.noteSilence(silentSince ?? at, at, 'unknown')
    deliver(due, at)
    publish()
    if (missing) void readMissing(missing.until)
  }

  const accept = (entry: Journaled, receivedAt: number): void => {
    const { due, missing } = order.accept(entry)
    deliver(due, receivedAt)
    if (missing) void readMissing(missing.until)
    if (catchingUp && ++heldCount > MAX_HELD) world.onBroken()
  }

  const greet = (hello: HelloMessage, receivedAt: number): void => {
    // Said twice, it would take what was told since for another journal's.
    if (greeted) return
    greeted = hello
    model.greet(hello, receivedAt)
    if (hello.protocol > PROTOCOL) return world.onProtocol(hello.protocol)
    const greeting = order.greet(hello)
    noteReturn(receivedAt, greeting.kind === 'other-journal' ? 'unknown' : (hello.resumed?.lost ?? 0))
    // Until the state came nothing is told, so that the stored cursor stays in the journal before.
    if (greeting.kind === 'other-journal' || otherJournal) otherJournal = { until: hello.seq ?? 0 }
    else if (greeting.kind === 'page') void readMissing(greeting.until)
    // Nothing to read is worth knowing too: what waits for the server's time may be due.
    else onJournal.emit({ entries: [], cursor: order.cursor(), source: hello.source })
  }

  const noteReturn = (at: number, lost: number | 'unknown'): void => {
    if (silentSince !== undefined || lost === 'unknown') model.noteSilence(silentSince ?? at, at, lost)
    silentSince = undefined
  }

  /** What another journal does not name as open has ended unheard. Only then is that journal read. */
  const applyState = (message: StateMessage, receivedAt: number): void => {
    const prompts = message.prompts.map(identified)
    model.applyState(prompts, receivedAt, otherJournal !== undefined)
    if (!otherJournal) return
    const { until } = otherJournal
    otherJournal = undefined
    const open = prompts.flatMap(({ promptId }) => promptId ?? [])
    pending.push({ kind: 'other-journal', open, at: receivedAt })
    publish()
    void readMissing(until)
  }

  const handle = (message: StreamMessage, receivedAt: number): void => {
    if (isJournaled(message)) return accept(message, receivedAt)
    switch (message.type) {
      case 'hello':
        return greet(message, receivedAt)
      case 'heartbeat':
        model.noteClock(message.now, receivedAt)
        // The state, which comes right after the hello, got lost.
        if (otherJournal) return world.onBroken()
        if (message.seq !== undefined && order.isBehind(message.seq)) void readMissing(message.seq)
        return
      case 'state':
        return applyState(message, receivedAt)
      case 'gpu':
        return model.applyGpu(message, receivedAt)
      case 'gap':
        return model.applyGap(message)
      case 'run':
        return applyRun(message, receivedAt)
      case 'bare':
        return applyBare(message.update, receivedAt)
      case 'update': {
        const { type: _, ...update } = message
        if (!greeted || update.promptId === undefined) return applyBare(update, receivedAt)
        return applyUnlisted(identified(update), false, receivedAt)
      }
    }
  }

  const applyBare = (given: RealtimeTelemetryUpdate, receivedAt: number): void => {
    const { update, isLifecycle } = bare.identify(identified(given))
    applyUnlisted(update, isLifecycle, receivedAt)
  }

  /** What stands in no journal: a sample, or whatever a stream without a journal tells. */
  const applyUnlisted = (update: RealtimeTelemetryUpdate, isLifecycle: boolean, receivedAt: number): void => {
    if (model.applyUpdate(update, isLifecycle, receivedAt) === 'ignored') return
    model.count('applied')
    if (isLifecycle) pending.push({ kind: 'update', update })
    else onSample.emit(update, receivedAt)
  }

  return {
    order,
    onJournal,
    onSample,
    begin(since) {
      controller = new AbortController()
      bare = createBareUpdates()
      greeted = undefined
      heard = ended = catchingUp = false
      silentSince ??= since
    },
    receive(data, receivedAt) {
      const frame = parseFrame(data)
      model.count('received', frame.messages.length + frame.refused.length)
      if (frame.refused.length > 0) model.count('refused', frame.refused.length)
      for (const message of frame.messages) {
        // A message may have ended the connection: what stands behind it in the frame belongs to nothing.
        if (ended) break
        // Without its hello nobody knows whose journal the rest is of.
        if (world.isNode && !greeted && message.type !== 'hello' && message.type !== 'heartbeat') {
          world.onBroken()
          break
        }
        if (!heard && message.type !== 'hello') noteReturn(receivedAt, 0)
        heard = true
        handle(message, receivedAt)
      }
      publish()
      return heard
    },
    end() {
      ended = true
      controller.abort()
    },
    isCatchingUp: () => catchingUp,
    isGreeted: () => greeted !== undefined,
  }
}
