import type {
  ExpectedTime,
  HistoricalRun,
  ImportReport,
  RunEnvironment,
  RunHistory,
  StorageReport,
} from '../types'
import { canonicalJson } from './history/canonicalJson'
import { createExpectedTimes } from './history/createExpectedTimes'
import { createJobStore } from './history/createJobStore'
import { createLease } from './history/createLease'
import { createRecorderStore } from './history/createRecorderStore'
import { createRevision, revisionOf } from './history/createRevision'
import { asHistoryError, HistoryError } from './history/historyError'
import { openIdbStorage } from './history/idbStorage'
import { createMemoryStorage } from './history/memoryStorage'
import { mergeRun, normalizeRun } from './history/mergeRun'
import { pageOfRuns } from './history/queryRuns'
import type { JobStore } from './history/jobRecords'
import type { RecorderStore } from './history/recorderStore'
import { createServerBook, type ServerBook } from './history/serverBook'
import { mergeIntoStored, readRun, summaryRow, writeRun } from './history/runRecords'
import type { StoreName } from './history/schema'
import type { Storage, StorageTransaction } from './history/storage'
import { createId } from './shared/createId'

/** The storing half of the contract's RunHistory. */
export type SavedRuns = Pick<
  RunHistory,
  | 'saveRun'
  | 'saveRuns'
  | 'saveScene'
  | 'getRun'
  | 'getRuns'
  | 'queryRuns'
  | 'traces'
  | 'storage'
  | 'deleteEverything'
  | 'subscribe'
  | 'getSnapshot'
  | 'close'
>
export interface OpenHistoryOptions {
  readonly dbName?: string
  readonly indexedDB?: IDBFactory
  readonly now?: () => number
}
/** The history and what its recorder and its live page need of it besides. */
export interface OpenedHistory {
  readonly dbName: string
  readonly history: SavedRuns
  readonly recorder: RecorderStore
  readonly jobs: JobStore
  readonly servers: ServerBook
  expectedTime(environment: RunEnvironment, cold: boolean): Promise<ExpectedTime | undefined>
}

const DEFAULT_DB = 'gemdirect1-telemetry'
const ALL_STORES: readonly StoreName[] = [
  'runs',
  'scenes',
  'recommendations',
  'filterPresets',
  'samples',
  'columns',
  'sources',
  'open',
  'jobs',
  'meta',
]

/** Opens the saved runs; `close()` ends it. Where the browser denies storage they are kept in memory, and `storage()` says why. */
export async function openRunHistory(options: OpenHistoryOptions = {}): Promise<SavedRuns> {
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

  const write = async <T>(
    stores: readonly StoreName[],
    body: (tx: StorageTransaction) => Promise<T>,
  ): Promise<T> => {
    const result = await storage.write([...stores, 'meta'], async (tx) => {
      const outcome = await body(tx)
      await revision.raise(tx)
      return outcome
    })
    expected.forget()
    revision.announce()
    return result
  }
  const recorder = createRecorderStore(storage, lease, revision.raise, ({ runs }) => {
    expected.add(runs.flatMap(({ scenes }) => scenes.flatMap(({ attemptLog }) => attemptLog ?? [])))
    revision.announce()
  })

  const history: SavedRuns = {
    async saveRun(run) {
      assertRun(run)
      await write(RUN_STORES, (tx) => mergeIntoStored(tx, run))
    },
    async saveRuns(runs, how = {}) {
      const tally: Tally = { added: 0, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: false }
      for (const chunk of chunksOf(runs)) {
        how.signal?.throwIfAborted()
        await write(RUN_STORES, (tx) => saveChunk(tx, chunk, how.onConflict ?? 'merge', tally))
        how.onProgress?.(tally.added + tally.same + tally.merged + tally.conflicting + tally.invalid.length)
      }
      return tally
    },
    async saveScene(runId, scene) {
      const run = { runId, timestamp: scene.queuedAt ?? now(), scenes: [scene], fallbackCount: 0 }
      assertRun(run)
      await write(RUN_STORES, (tx) => mergeIntoStored(tx, run))
    },
    getRun: (runId) => storage.read(RUN_STORES, (tx) => readRun(tx, runId)),
    getRuns: (runIds) =>
      storage.read(RUN_STORES, async (tx) => {
        const runs = await Promise.all(runIds.map((runId) => readRun(tx, runId)))
        return runs.flatMap((run) => run ?? [])
      }),
    async queryRuns(query = {}) {
      query.signal?.throwIfAborted()
      const runs = await storage.read(['runs'], (tx) => tx.getAll('runs'))
      query.signal?.throwIfAborted()
      return pageOfRuns(runs.map(summaryRow), query)
    },
    traces: (attempts) =>
      storage.read(['samples'], async (tx) => {
        const found = await Promise.all(
          attempts.map(({ source, promptId }) => tx.get('samples', [source, promptId])),
        )
        return found.flatMap((trace) => trace ?? [])
      }),
    storage: async () => report(storage, reason),
    async deleteEverything() {
      await write(ALL_STORES, async (tx) => ALL_STORES.filter((store) => store !== 'meta').forEach(tx.clear))
    },
    subscribe: revision.subscribe,
    getSnapshot: revision.getSnapshot,
    close() {
      void lease.stop().finally(storage.close)
      revision.close()
    },
  }
  const servers = createServerBook(storage, write)
  const jobs = createJobStore(storage, tab, now)
  return { dbName, history, recorder, jobs, servers, expectedTime: expected.of }
}

const RUN_STORES = ['runs', 'scenes'] as const
const CHUNK = 500

type Tally = { -readonly [K in keyof ImportReport]: ImportReport[K] }

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

async function saveChunk(
  tx: StorageTransaction,
  runs: readonly HistoricalRun[],
  onConflict: 'keep' | 'replace' | 'merge',
  tally: Tally,
): Promise<void> {
  for (const run of runs) {
    if (!isRun(run)) {
      tally.invalid = [...tally.invalid, { reason: 'A run needs an id, a time and a list of scenes.' }]
      continue
    }
    const before = await readRun(tx, run.runId)
    const after = !before
      ? normalizeRun(run)
      : onConflict === 'merge'
        ? mergeRun(before, run)
        : normalizeRun(run)
    if (!before) tally.added += 1
    else if (canonicalJson(before) === canonicalJson(after)) {
      tally.same += 1
      continue
    } else if (onConflict === 'merge') tally.merged += 1
    else tally.conflicting += 1
    if (!before || onConflict !== 'keep') writeRun(tx, after, before)
  }
}

async function report(storage: Storage, reason: string | undefined): Promise<StorageReport> {
  const manager: StorageManager | undefined = globalThis.navigator?.storage
  const estimate = await manager?.estimate?.().catch(() => undefined)
  const persisted = await manager?.persisted?.().catch(() => undefined)
  return {
    mode: storage.mode,
    origin: globalThis.location?.origin ?? '',
    runs: await storage.read(['runs'], (tx) => tx.count('runs')),
    persisted: persisted ?? 'unknown',
    ...(estimate?.usage === undefined ? {} : { usage: estimate.usage }),
    ...(estimate?.quota === undefined ? {} : { quota: estimate.quota }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function assertRun(run: HistoricalRun): void {
  if (!isRun(run)) throw new HistoryError('invalid', 'A run needs an id, a time and a list of scenes.')
}

const isRun = (run: HistoricalRun): boolean =>
  typeof run.runId === 'string' &&
  run.runId !== '' &&
  Number.isFinite(run.timestamp) &&
  Array.isArray(run.scenes)

function* chunksOf(runs: Iterable<HistoricalRun>): Generator<HistoricalRun[]> {
  let chunk: HistoricalRun[] = []
  for (const run of runs) {
    chunk.push(run)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
