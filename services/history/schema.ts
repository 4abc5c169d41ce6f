// Every change here is a change to what people have saved: add a migration, never edit one that was released, and add the
// version before to tests/services/history/migrations.test.ts.
import type { DBSchema } from 'idb'
import type { ColumnChunk } from '../columns/columnChunk'
import { CHUNK_RUNS } from '../columns/columnsVersion'
import type { Deletion } from '../columns/rowOfRun'
import type { FilterPreset, GpuTrace, HistoricalRun, HistoricalSceneMetrics, RunSummary } from '../../types'
import type { JobPlan, JobProgress } from './jobRecords'
import type { OpenPrompt, SourceRecord } from './recorderStore'

/** A run as it is stored: without its scenes, with what a list shows of them, and the chunk of the columns that it is in. */
export type StoredRun = Omit<HistoricalRun, 'scenes'> &
  Pick<RunSummary, 'counts' | 'gpuNames'> & {
    readonly chunk: number
    /** Its place among all that ever came, from 1. */
    readonly arrived?: number
    readonly deletion?: Deletion
  }
/** A scene as it is stored. `timestamp` is when it ended, else was queued, else its run's. */
export type StoredScene = HistoricalSceneMetrics & { readonly runId: string; readonly timestamp: number }
/** When a scene of a run is: what it is found by. */
export const sceneTime = ({ timestamp }: HistoricalRun, scene: HistoricalSceneMetrics): number =>
  scene.endedAt ?? scene.queuedAt ?? timestamp
/** A trace that can be found again. */
export type StoredTrace = GpuTrace & { readonly promptId: string }
/** Only a prompt's trace can be found again. */
export const isOfPrompt = (trace: GpuTrace): trace is StoredTrace => trace.promptId !== undefined
/** A row of what the history knows of itself. */
export interface MetaRow {
  readonly key: 'revision' | 'lease' | 'servers' | 'columns' | 'retention' | 'draft' | `undo:${string}`
  readonly value: unknown
}

/** Stores without a shape yet are made empty, so that a later part needs no upgrade. */
export interface HistorySchema extends DBSchema {
  runs: {
    key: string
    value: StoredRun
    indexes: { timestamp: number; storyId: string; status: string; tags: string; chunk: number }
  }
  scenes: { key: [string, string]; value: StoredScene; indexes: { timestamp: number } }
  recommendations: { key: string; value: { id: string }; indexes: { state: string; createdAt: number } }
  filterPresets: { key: string; value: FilterPreset }
  samples: { key: [string, string]; value: StoredTrace }
  columns: { key: number; value: ColumnChunk }
  sources: { key: string; value: SourceRecord }
  open: { key: [string, string]; value: OpenPrompt }
  jobs: { key: string; value: JobPlan | JobProgress }
  meta: { key: string; value: MetaRow }
}
/** An object store. */
export type StoreName =
  | 'runs'
  | 'scenes'
  | 'recommendations'
  | 'filterPresets'
  | 'samples'
  | 'columns'
  | 'sources'
  | 'open'
  | 'jobs'
  | 'meta'
/** What a store holds. */
export type StoreValue<S extends StoreName> = HistorySchema[S]['value']
/** What a store is read by. */
export type StoreKey<S extends StoreName> = HistorySchema[S]['key']

interface StoreShape {
  readonly keyPath: string | readonly string[]
  readonly indexes?: Readonly<Record<string, { readonly keyPath: string; readonly multiEntry?: boolean }>>
}

/** The newest shape; the memory stand-in reads its key paths from here. */
export const STORES: Readonly<Record<StoreName, StoreShape>> = {
  runs: {
    keyPath: 'runId',
    indexes: {
      timestamp: { keyPath: 'timestamp' },
      storyId: { keyPath: 'storyId' },
      status: { keyPath: 'status' },
      tags: { keyPath: 'tags', multiEntry: true },
      chunk: { keyPath: 'chunk' },
    },
  },
  scenes: { keyPath: ['runId', 'sceneId'], indexes: { timestamp: { keyPath: 'timestamp' } } },
  recommendations: {
    keyPath: 'id',
    indexes: { state: { keyPath: 'state' }, createdAt: { keyPath: 'createdAt' } },
  },
  filterPresets: { keyPath: 'name' },
  samples: { keyPath: ['source', 'promptId'] },
  columns: { keyPath: 'chunk' },
  sources: { keyPath: 'id' },
  open: { keyPath: ['source', 'promptId'] },
  jobs: { keyPath: 'runId' },
  meta: { keyPath: 'key' },
}

/** Brings a database from the version before to its own; runs inside the upgrade's transaction. What takes long tells its share, 0 to 1. */
export type Migration = (db: IDBDatabase, transaction: IDBTransaction, tell: (share: number) => void) => void

/** `MIGRATIONS[n]` leads from version n to n + 1. */
export const MIGRATIONS: readonly Migration[] = [createStores, putRunsIntoChunks]

function createStores(db: IDBDatabase): void {
  for (const [name, { keyPath, indexes }] of Object.entries(STORES)) {
    const store = db.createObjectStore(name, {
      keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath],
    })
    for (const [index, { keyPath: path, multiEntry }] of Object.entries(indexes ?? {})) {
      if (index !== 'chunk') store.createIndex(index, path, { multiEntry: multiEntry ?? false })
    }
  }
}

/** Version 2: every run is in a chunk, in the order of time; the columns themselves are made from them when they are read. */
function putRunsIntoChunks(
  db: IDBDatabase,
  transaction: IDBTransaction,
  tell: (share: number) => void,
): void {
  if (!db.objectStoreNames.contains('runs')) return // a damaged database; it is said when it is opened
  const runs = transaction.objectStore('runs')
  runs.createIndex('chunk', 'chunk')
  const total = runs.count()
  const request = runs.index('timestamp').openCursor()
  let count = 0
  request.onsuccess = () => {
    const cursor = request.result
    if (!cursor) return
    if (count % CHUNK_RUNS === 0) tell(count / total.result)
    cursor.update({ ...cursor.value, chunk: Math.floor(count++ / CHUNK_RUNS) })
    cursor.continue()
  }
}
