import type { HistoricalRun } from '../../types'
import type { WritableStore } from '../shared/createStore'
import { createColumnStore, type ColumnStore } from './createColumnStore'
import type { Maintenance } from './maintenance'
import type { Write } from './createWrite'
import type { RecordBatch } from './recorderStore'
import { readRecord } from './readRecord'
import { mergeOver, type RunWriter } from './runRecords'
import type { StoreName } from './schema'
import type { Storage, StorageTransaction } from './storage'
import { writeBatch } from './writeBatch'

/** A transaction over `stores`, `runs`, `scenes`, `columns` and `meta` that raises the revision and keeps the columns in step. */
export type WriteRuns = <T>(
  stores: readonly StoreName[],
  body: (writer: RunWriter) => Promise<T>,
) => Promise<T>

/** What writes runs, with the columns that are made of them. */
export interface RunBooks {
  readonly columns: ColumnStore
  readonly writeRuns: WriteRuns
  /** Merges a run into what is stored of it. */
  saveRun(run: HistoricalRun): Promise<void>
  /** `check` comes first, inside the same transaction; nothing is written if it rejects. */
  commit(batch: RecordBatch, check: (tx: StorageTransaction) => Promise<void>): Promise<void>
}

/** One for a storage: it keeps the columns in memory. */
export function createRunBooks(
  storage: Storage,
  write: Write,
  maintenance: WritableStore<Maintenance | null>,
): RunBooks {
  const columns = createColumnStore(storage, maintenance)
  /** `ask` is asked together with the columns' head: a turn to the database less. */
  const writeAfter = async <A, T>(
    stores: readonly StoreName[],
    ask: (tx: StorageTransaction) => Promise<A>,
    body: (writer: RunWriter, asked: A) => Promise<T>,
  ): Promise<T> => {
    let committed = (): void => undefined
    const result = await write([...RUN_STORES, ...stores], async (tx) => {
      const [edit, asked] = await Promise.all([columns.edit(tx), ask(tx)])
      const outcome = await body({ tx, columns: edit }, asked)
      await edit.flush()
      committed = edit.committed
      return outcome
    })
    committed()
    return result
  }
  return {
    columns,
    writeRuns: (stores, body) => writeAfter(stores, async () => undefined, body),
    saveRun: (run) =>
      writeAfter(
        [],
        (tx) => readRecord(tx, run.runId),
        async (writer, before) => mergeOver(writer, run, before),
      ),
    commit: (batch, check) => writeAfter(BATCH_STORES, check, (writer) => writeBatch(writer, batch)),
  }
}

const RUN_STORES = ['runs', 'scenes', 'columns'] as const
const BATCH_STORES = ['open', 'sources', 'samples'] as const
