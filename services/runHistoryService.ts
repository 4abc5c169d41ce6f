import type { ExpectedTime, GpuTrace, RunEnvironment, RunHistory, StorageReport } from '../types'
import { createColumnStore } from './history/createColumnStore'
import { createExpectedTimes } from './history/createExpectedTimes'
import { createJobStore } from './history/createJobStore'
import { createLease } from './history/createLease'
import { createRecorderStore } from './history/createRecorderStore'
import { createRevision, revisionOf } from './history/createRevision'
import { createRunWrites } from './history/createRunWrites'
import { asHistoryError, HistoryError } from './history/historyError'
import { openIdbStorage } from './history/idbStorage'
import type { JobStore } from './history/jobRecords'
import { createMemoryStorage } from './history/memoryStorage'
import type { RecorderStore } from './history/recorderStore'
import { mergeIntoStored, readRun } from './history/runRecords'
import { problemOf } from './history/problemOf'
import type { StoredTrace, StoreName } from './history/schema'
import { createServerBook, type ServerBook } from './history/serverBook'
import type { Storage } from './history/storage'
import { HISTORY_ANSWERS } from './history/historyAnswers'
import type { DraftMark } from './payload/importDraft'
import { createId } from './shared/createId'
import { onDemand } from './shared/onDemand'

export interface OpenHistoryOptions {
  readonly dbName?: string
  readonly indexedDB?: IDBFactory
  readonly now?: () => number
}
/** The history and what its recorder and its live page need of it besides. */
export interface OpenedHistory {
  readonly dbName: string
  readonly history: RunHistory
  readonly recorder: RecorderStore
  readonly jobs: JobStore
  readonly servers: ServerBook
  readonly draft: DraftMark
  expectedTime(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
}

const DEFAULT_DB = 'gemdirect1-telemetry'
const DATA_STORES: readonly StoreName[] = [
  'runs',
  'scenes',
  'recommendations',
  'filterPresets',
  'samples',
  'columns',
  'sources',
  'open',
  'jobs',
]

/** Opens the saved runs; `close()` ends it. Where the browser denies storage they are kept in memory, and `storage()` says why. */
export async function openRunHistory(options: OpenHistoryOptions = {}): Promise<RunHistory> {
  return (await openHistory(options)).history
}

export async function openHistory(options: OpenHistoryOptions = {}): Promise<OpenedHistory> {
  const dbName = options.dbName ?? DEFAULT_DB
  const now = options.now ?? Date.now
  const { storage, reason } = await openStorage(options.indexedDB, dbName)
  const stored = await storage.read(['meta'], (tx) => tx.get('meta', 'revision'))
  const revision = createRevision(dbName, revisionOf(stored?.value))
  const expected = createExpectedTimes(storage)
  const tab = createId()
  const lease = createLease(storage, tab, now)
  const columns = createColumnStore(storage)
  const { write, writeRuns } = createRunWrites(storage, revision, columns)
  const recorder = createRecorderStore(storage, lease, writeRuns, ({ runs }) => {
    expected.add(runs.flatMap(({ scenes }) => scenes.flatMap(({ attemptLog }) => attemptLog ?? [])))
  })
  const readRuns = (runIds: readonly string[]) =>
    storage.read(RUN_STORES, async (tx) => {
      const runs = await Promise.all(runIds.map((runId) => readRun(tx, runId)))
      return runs.flatMap((run) => run ?? [])
    })
  /** Most pages record and never ask: what answers is loaded with the first question. */
  const answers = onDemand(HISTORY_ANSWERS, async () => {
    const { createHistoryAnswers } = await import('./history/createHistoryAnswers')
    return createHistoryAnswers({ storage, columns, writeRuns, readRuns, now, onSaved: expected.forget })
  })

  const history: RunHistory = {
    ...answers,
    async saveRun(run) {
      const problem = problemOf(run)
      if (problem !== undefined) throw new HistoryError('invalid', problem)
      await writeRuns([], (writer) => mergeIntoStored(writer, run))
      expected.forget()
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
    traces: (attempts) =>
      storage.read(['samples'], async (tx) => {
        const found = await Promise.all(
          attempts.map(({ source, promptId }) => tx.get('samples', [source, promptId])),
        )
        return found.flatMap((trace) => trace ?? [])
      }),
    presets: () => storage.read(['filterPresets'], (tx) => tx.getAll('filterPresets')),
    async changePresets({ put = [], remove = [] }) {
      // A write that changes nothing would have every page ask everything again.
      if (put.length + remove.length === 0) return
      await write(['filterPresets'], async (tx) => {
        for (const name of remove) tx.delete('filterPresets', name)
        for (const preset of put) tx.put('filterPresets', preset)
      })
    },
    storage: () => report(storage, reason, columns),
    async deleteEverything() {
      await write(DATA_STORES, async (tx) => {
        DATA_STORES.forEach(tx.clear)
        for (const { key } of await tx.getAll('meta')) if (!KEPT.has(key)) tx.delete('meta', key)
      })
      expected.forget()
    },
    maintenance: columns.maintenance,
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
    close() {
      void lease.stop().finally(storage.close)
      revision.close()
    },
  }
  const servers = createServerBook(storage, write)
  const jobs = createJobStore(storage, tab, now)
  const draft: DraftMark = {
    isRead: async () => (await storage.read(['meta'], (tx) => tx.get('meta', 'draft'))) !== undefined,
    setRead: () => write([], async (tx) => tx.put('meta', { key: 'draft', value: now() })),
  }
  return { dbName, history, recorder, jobs, servers, draft, expectedTime: expected.of }
}

/** Rows of `meta` that are no data of a person. */
const KEPT: ReadonlySet<string> = new Set(['revision', 'lease', 'servers', 'draft'])
const RUN_STORES = ['runs', 'scenes'] as const

const isOfPrompt = (trace: GpuTrace): trace is StoredTrace => trace.promptId !== undefined

async function openStorage(
  injected: IDBFactory | undefined,
  name: string,
): Promise<{ readonly storage: Storage; readonly reason?: string }> {
  try {
    const factory = injected ?? globalThis.indexedDB
    if (!factory) throw new DOMException('There is no IndexedDB here.', 'SecurityError')
    return { storage: await openIdbStorage(factory, name) }
  } catch (error) {
    return { storage: createMemoryStorage(), reason: asHistoryError(error).message }
  }
}

async function report(
  storage: Storage,
  reason: string | undefined,
  columns: ReturnType<typeof createColumnStore>,
): Promise<StorageReport> {
  const manager: StorageManager | undefined = globalThis.navigator?.storage
  const estimate = await manager?.estimate?.().catch(() => undefined)
  const persisted = await manager?.persisted?.().catch(() => undefined)
  const runs = await storage.read(
    ['runs', 'meta'],
    async (tx) => (await columns.standing(tx))?.visible ?? tx.count('runs'),
  )
  return {
    mode: storage.mode,
    origin: globalThis.location?.origin ?? '',
    runs,
    persisted: persisted ?? 'unknown',
    ...(estimate?.usage === undefined ? {} : { usage: estimate.usage }),
    ...(estimate?.quota === undefined ? {} : { quota: estimate.quota }),
    ...(reason === undefined ? {} : { reason }),
  }
}
