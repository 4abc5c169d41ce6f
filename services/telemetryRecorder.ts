import type { HistoricalRun, ReadableStore, RecordingState } from '../types'
import { isStorageFull } from './history/isStorageFull'
import type { RecorderMemory, RecorderStore } from './history/recorderStore'
import type { JournalBatch } from './realtime/journalBatch'
import type { RealtimeStream } from './realtimeTelemetryService'
import type { Scribe } from './recorder/createScribe'
import { createSampleLog } from './recorder/sampleLog'
import { createDisposer } from './shared/createDisposer'
import { createStore } from './shared/createStore'
import { loadPart } from './shared/loadPart'

/** What is refused is not lost: it is read from the server's journal once it may be saved. */
export type Refusal = Extract<RecordingState, { readonly status: 'paused' | 'elsewhere' }>
export interface TelemetryRecorder {
  readonly state: ReadableStore<RecordingState>
  /** Asks `refuses` again, at once, because the answer may be another. */
  reconsider(): void
  /** Resolves once nothing is being written any more. */
  dispose(): Promise<void>
}
export interface TelemetryRecorderOptions {
  readonly stream: Pick<RealtimeStream, 'getSnapshot' | 'onJournal' | 'onSample' | 'restart'>
  /** Its lease is shared by all recorders of a tab: who opened the history starts and stops it. */
  readonly store: Pick<RecorderStore, 'lease' | 'streams' | 'load' | 'commit'>
  readonly getRun: (runId: string) => Promise<HistoricalRun | undefined>
  /** The server's HTTP base, absolute. */
  readonly base: string
  /** The server's name at the moment, kept with its source for who reads the history later. */
  readonly label: () => string
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Why what comes may not go into this history; undefined when it may. */
  readonly refuses: () => Refusal | undefined
  /** Set when the history is only in memory. */
  readonly memoryReason?: string | undefined
}

/** After a failed write everything since the last good one is read again. */
const RETRY_MS = 10_000
const ENTRIES_AT_ONCE = 500
const NO_MEMORY: RecorderMemory = { open: [], running: [] }

/**
 * Writes what the stream tells into the history: lifecycle, runs, traces and the cursor that covers them, in one transaction.
 * Works with no component mounted. Only the tab that holds the lease writes; a new holder reads on from the stored cursor.
 */
export function createTelemetryRecorder(options: TelemetryRecorderOptions): TelemetryRecorder {
  const { stream, store, now } = options
  const state = createStore<RecordingState>({ status: 'starting' })
  const samples = createSampleLog()
  const disposer = createDisposer()
  const controller = new AbortController()
  let scribe: Scribe | undefined
  let source: string | undefined
  let queue: JournalBatch[] = []
  let working: Promise<void> | undefined
  let endTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  /** Something went by while another tab wrote, or nobody did. */
  let hasMissed = false
  let refusal: Refusal | undefined

  const serverNow = (): number => now() - (stream.getSnapshot().server?.clockOffset ?? 0)

  const isHalted = (): boolean => HALTED.has(state.getSnapshot().status)

  const showState = (): void => {
    if (isHalted()) return
    const holds = store.lease.getSnapshot() === 'held'
    state.set(!holds ? STANDBY : options.memoryReason ? memoryState(options.memoryReason) : RECORDING)
  }

  const forget = (): void => {
    // What was being written, or waited for it, is read again from the stored cursor.
    if (queue.length > 0 || working) hasMissed = true
    scribe = undefined
    queue = []
    clearTimeout(endTimer)
  }

  const onLease = (): void => {
    showState()
    if (store.lease.getSnapshot() !== 'held') return forget()
    if (!hasMissed) return
    hasMissed = false
    stream.restart()
  }

  const onBatch = (batch: JournalBatch): void => {
    if (isHalted()) return
    refusal = options.refuses()
    if (refusal) return refuse(refusal)
    if (store.lease.getSnapshot() !== 'held') {
      hasMissed = true
      return
    }
    queue.push(batch)
    work()
  }

  const refuse = (why: Refusal): void => {
    forget()
    clearTimeout(retryTimer)
    state.set(why)
  }

  const reconsider = (): void => {
    if (disposer.disposed) return
    const before = refusal
    refusal = options.refuses()
    if (refusal) {
      if (refusal.reason !== before?.reason) refuse(refusal)
    } else if (before) goOn()
  }

  /** Reads on from the stored cursor. */
  const goOn = (): void => {
    state.set({ status: 'starting' })
    showState()
    stream.restart()
  }

  const work = (): void => {
    working ??= drain().finally(() => {
      working = undefined
      if (queue.length > 0 && !disposer.disposed) work()
    })
  }

  /** A night's journal is written in parts, so that what was read of it stays when the page goes; each of one source's books. */
  const takeSome = (): readonly JournalBatch[] => {
    let entries = 0
    const first = queue[0]?.source
    const other = queue.findIndex((batch) => batch.source !== first)
    const after = queue.findIndex((batch) => (entries += batch.entries.length) >= ENTRIES_AT_ONCE)
    const ends = [other < 0 ? queue.length : other, after < 0 ? queue.length : after + 1]
    return queue.splice(0, Math.min(...ends))
  }

  const drain = async (): Promise<void> => {
    const batches = takeSome()
    try {
      await record(batches)
    } catch (error) {
      pause(error)
    }
  }

  const record = async (batches: readonly JournalBatch[]): Promise<void> => {
    const current = await scribeFor(batches.at(-1)?.source ?? source ?? '')
    const { batch, checkAt } = await current.enter(batches)
    if (!batch) return scheduleEnd(checkAt)
    if (scribe !== current || disposer.disposed) return
    const outcome = await store.commit(batch)
    if (outcome === 'standby') return forget()
    scheduleEnd(checkAt)
  }

  const scribeFor = async (id: string): Promise<Scribe> => {
    if (scribe && source === id) return scribe
    source = id
    const { createScribe } = await loadPart(() => import('./recorder/createScribe'))
    const memory = id ? await store.load(id) : NO_MEMORY
    return (scribe = createScribe(id, memory, { ...options, samples, signal: controller.signal }))
  }

  const scheduleEnd = (checkAt: number): void => {
    clearTimeout(endTimer)
    if (checkAt === Infinity || disposer.disposed) return
    const wait = Math.min(Math.max(0, checkAt - serverNow()) + 1, 2 ** 31 - 1)
    endTimer = setTimeout(() => {
      if (store.lease.getSnapshot() !== 'held' || source === undefined) return
      queue.push({ entries: [], cursor: undefined, source })
      work()
    }, wait)
  }

  const pause = (error: unknown): void => {
    if (disposer.disposed) return
    forget()
    const reason = error instanceof Error ? error.message : 'The history could not be written.'
    state.set({ status: 'paused', reason, ...(isStorageFull(error) ? { isFull: true } : {}) })
    clearTimeout(retryTimer)
    retryTimer = setTimeout(goOn, RETRY_MS)
  }

  disposer.add(stream.onJournal(onBatch))
  disposer.add(stream.onSample((update) => samples.add(update)))
  disposer.add(store.lease.subscribe(onLease))
  store.streams.add(stream)
  disposer.add(() => {
    clearTimeout(endTimer)
    clearTimeout(retryTimer)
    controller.abort()
    store.streams.delete(stream)
  })
  showState()

  return {
    state,
    reconsider,
    async dispose() {
      disposer.dispose()
      await working
    },
  }
}

const HALTED: ReadonlySet<RecordingState['status']> = new Set(['paused', 'elsewhere'])
const STANDBY: RecordingState = { status: 'standby' }
const RECORDING: RecordingState = { status: 'recording' }
const memoryState = (reason: string): RecordingState => ({ status: 'memory', reason })
