import type { ExpectedTime, RunEnvironment, RunHistory } from '../types'
import type { Maintenance } from './history/maintenance'
import type { ExpectedTimes } from './history/createExpectedTimes'
import { createLease } from './history/createLease'
import { createRecorderStore } from './history/createRecorderStore'
import { createRevision, revisionOf } from './history/createRevision'
import { createWrite } from './history/createWrite'
import { asHistoryError, HistoryError } from './history/historyError'
import { openIdbStorage } from './history/idbStorage'
import type { RecorderStore } from './history/recorderStore'
import { readRun } from './history/readRecord'
import { isOfPrompt } from './history/schema'
import { createServerBook, type ServerBook } from './history/serverBook'
import type { Storage } from './history/storage'
import { HISTORY_ANSWERS } from './history/historyAnswers'
import type { DraftMark } from './payload/importDraft'
import { createId } from './shared/createId'
import { createStore, type WritableStore } from './shared/createStore'
import { lazily } from './shared/lazily'
import { loadPart } from './shared/loadPart'
import { onDemand } from './shared/onDemand'

/** Where and by which clock (epoch ms); by default this browser's. */
export interface OpenHistoryOptions {
  readonly dbName?: string
  readonly indexedDB?: IDBFactory
  readonly now?: () => number
  /** Told of a migration while the history is being opened; `history.maintenance` then. */
  readonly maintenance?: WritableStore<Maintenance | null>
}
/** The history and what its recorder and its live page need of it besides. */
export interface OpenedHistory {
  readonly dbName: string
  readonly history: RunHistory
  readonly recorder: RecorderStore
  /** What it is stored in, and how this tab is called there: for the runs that the tab queues. */
  readonly storage: Storage
  readonly tab: string
  /** Why nothing is stored beyond this page; undefined where it is. */
  readonly memoryReason: string | undefined
  readonly servers: ServerBook
  readonly draft: DraftMark
  expectedTime(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
}

/** Unless told otherwise, and for servers that are not simulated. */
export const HISTORY_DB = 'gemdirect1-telemetry'

/** Opens the saved runs; `close()` ends it. Where the browser denies storage they are kept in memory, and `storage()` says why. */
export async function openRunHistory(options: OpenHistoryOptions = {}): Promise<RunHistory> {
  return (await openHistory(options)).history
}

/** The same with what recording and the live page need; `history.close()` ends all of it. */
export async function openHistory(options: OpenHistoryOptions = {}): Promise<OpenedHistory> {
  const dbName = options.dbName ?? HISTORY_DB
  const now = options.now ?? Date.now
  const maintenance = options.maintenance ?? createStore<Maintenance | null>(null)
  const { storage, reason } = await openStorage(options.indexedDB, dbName, maintenance)
  const stored = await storage.read(['meta'], (tx) => tx.get('meta', 'revision'))
  const revision = createRevision(dbName, revisionOf(stored?.value))
  let expected: ExpectedTimes | undefined
  const forgetExpected = (): void => expected?.forget()
  const expectedTimes = lazily(async () => {
    const { createExpectedTimes } = await loadPart(() => import('./history/createExpectedTimes'))
    return (expected = createExpectedTimes(storage))
  })
  const tab = createId()
  const lease = createLease(storage, tab, now)
  const write = createWrite(storage, revision)
  /** A tab that only shows what another records writes no runs. */
  const books = lazily(async () => {
    const { openRunBooks } = await loadPart(() => import('./history/openRunBooks'))
    return openRunBooks(storage, write, maintenance, { lease, streams: recorder.streams, now })
  })
  const recorder = createRecorderStore(storage, lease, books, ({ runs }) => {
    expected?.add(runs.flatMap(({ scenes }) => scenes.flatMap(({ attemptLog }) => attemptLog ?? [])))
  })
  const readRuns = (runIds: readonly string[]) =>
    storage.read(RUN_STORES, async (tx) => {
      const runs = await Promise.all(runIds.map((runId) => readRun(tx, runId)))
      return runs.flatMap((run) => run ?? [])
    })
  /** Most pages record and never ask: what answers is loaded with the first question. */
  const answers = onDemand(HISTORY_ANSWERS, async () => {
    const { createHistoryAnswers } = await loadPart(() => import('./history/createHistoryAnswers'))
    return createHistoryAnswers({ storage, ...(await books()), readRuns, now, onChanged: forgetExpected })
  })

  const history: RunHistory = {
    ...answers,
    async saveRun(run) {
      const { checkRun } = await loadPart(() => import('./history/checkRun'))
      const checked = checkRun(run)
      if (!checked.ok) throw new HistoryError('invalid', checked.error)
      await (await books()).saveRun(checked.value)
      forgetExpected()
    },
    async saveScene(runId, scene) {
      await history.saveRun({ runId, timestamp: scene.queuedAt ?? now(), scenes: [scene], fallbackCount: 0 })
    },
    saveTraces: (traces) =>
      write(['samples'], async (tx) => {
        for (const trace of traces) if (isOfPrompt(trace)) tx.put('samples', trace)
      }),
    getRun: async (runId) => (await readRuns([runId]))[0],
    getRuns: readRuns,
    presets: () => storage.read(['filterPresets'], (tx) => tx.getAll('filterPresets')),
    async changePresets({ put = [], remove = [] }) {
      // A write that changes nothing would have every page ask everything again.
      if (put.length + remove.length === 0) return
      await write(['filterPresets'], async (tx) => {
        for (const name of remove) tx.delete('filterPresets', name)
        for (const preset of put) tx.put('filterPresets', preset)
      })
    },
    async storage() {
      const { reportStorage } = await loadPart(() => import('./history/reportStorage'))
      return reportStorage(storage, reason)
    },
    async deleteEverything() {
      const { eraseEverything } = await loadPart(() => import('./history/eraseEverything'))
      await eraseEverything(write)
      forgetExpected()
    },
    maintenance,
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
    close() {
      void lease.stop().finally(storage.close)
      revision.close()
    },
  }
  const servers = createServerBook(storage, write)
  const draft: DraftMark = {
    isRead: async () => (await storage.read(['meta'], (tx) => tx.get('meta', 'draft'))) !== undefined,
    setRead: () => write([], async (tx) => tx.put('meta', { key: 'draft', value: now() })),
  }
  return {
    dbName,
    memoryReason: reason,
    history,
    recorder,
    storage,
    tab,
    servers,
    draft,
    expectedTime: async (environment, cold) => (await expectedTimes()).of(environment, cold),
  }
}

const RUN_STORES = ['runs', 'scenes'] as const

async function openStorage(
  injected: IDBFactory | undefined,
  name: string,
  maintenance: WritableStore<Maintenance | null>,
): Promise<{ readonly storage: Storage; readonly reason?: string }> {
  try {
    const factory = injected ?? globalThis.indexedDB
    if (!factory) throw new DOMException('There is no IndexedDB here.', 'SecurityError')
    const onMigrating = (share: number | undefined): void =>
      maintenance.set(share === undefined ? null : { task: 'migrate', share })
    return { storage: await openIdbStorage(factory, name, { onMigrating }) }
  } catch (error) {
    const { createMemoryStorage } = await loadPart(() => import('./history/memoryStorage'))
    return { storage: createMemoryStorage(), reason: asHistoryError(error).message }
  }
}
