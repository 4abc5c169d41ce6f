import { unwrap, wrap, type IDBPDatabase, type IDBPTransaction } from 'idb'
import { asHistoryError, historyError } from './historyError'
import { newestOf } from './newestOf'
import { MIGRATIONS, STORES, type HistorySchema, type Migration, type StoreName } from './schema'
import type { Storage, StorageTransaction } from './storage'

type Database = IDBPDatabase<HistorySchema>

/** A tab with an older version of the page has this long to let go. */
const BLOCKED_MS = 3_000

export interface Upgrade {
  readonly migrations?: readonly Migration[]
  /** Gets the share of a migration that is done; undefined when there is none any more, however it ended. */
  readonly onMigrating?: (share: number | undefined) => void
}

/**
 * Opens the history in IndexedDB, migrated to the newest version. Rejects with a HistoryError (`denied`, `blocked`, `quota`).
 * When the browser closes the database by itself it is opened again at the next transaction; when another tab wants to upgrade
 * it, it is closed at once and every later transaction rejects with `closed`.
 */
export async function openIdbStorage(
  factory: IDBFactory,
  name: string,
  { migrations = MIGRATIONS, onMigrating = () => undefined }: Upgrade = {},
): Promise<Storage> {
  let closed = false
  let current: Promise<Database> | undefined
  const forget = (): void => void (current = undefined)
  const open = async (): Promise<Database> => {
    const db = await openDatabase(factory, name, migrations, onMigrating).finally(() =>
      onMigrating(undefined),
    )
    db.addEventListener('versionchange', () => {
      closed = true
      db.close()
    })
    db.addEventListener('close', forget)
    return db
  }
  const database = (): Promise<Database> => {
    if (closed) throw historyError('closed')
    current ??= open()
    // What could not be opened is tried again.
    current.catch(forget)
    return current
  }
  await database()
  return {
    mode: 'indexeddb',
    async read(stores, body) {
      const db = await database()
      return settle(body, () => {
        const tx = db.transaction([...stores], 'readonly')
        return { tx, operations: reading(tx) }
      })
    },
    async write(stores, body) {
      const db = await database()
      return settle(body, () => {
        const tx = db.transaction([...stores], 'readwrite')
        return { tx, operations: writing(tx) }
      })
    },
    close() {
      closed = true
      void current?.then((db) => db.close(), forget)
    },
  }
}

function openDatabase(
  factory: IDBFactory,
  name: string,
  migrations: readonly Migration[],
  tell: (share: number) => void,
): Promise<Database> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, migrations.length)
    let blocked: ReturnType<typeof setTimeout> | undefined
    let isGivenUp = false
    request.onupgradeneeded = ({ oldVersion }) => {
      const { transaction } = request
      if (!transaction) return
      for (const migrate of migrations.slice(oldVersion)) migrate(request.result, transaction, tell)
    }
    const giveUp = (): void => {
      isGivenUp = true
      reject(historyError('blocked'))
    }
    request.onblocked = () => (blocked = setTimeout(giveUp, BLOCKED_MS))
    request.onerror = () => {
      clearTimeout(blocked)
      reject(asHistoryError(request.error))
    }
    request.onsuccess = () => {
      clearTimeout(blocked)
      const { result } = request
      // Nobody has this connection: left open, it would be the next one that blocks an upgrade.
      if (isGivenUp) return result.close()
      if (Object.keys(STORES).every((name) => result.objectStoreNames.contains(name)))
        return resolve(typed(result))
      result.close()
      reject(historyError('damaged'))
    }
  })
}

/** idb's own declaration of what `wrap` gives has no room for a schema. */
function typed(db: IDBDatabase): Database {
  const wrapped: unknown = wrap(db)
  if (!isDatabase(wrapped)) throw historyError('unknown')
  return wrapped
}
const isDatabase = (value: unknown): value is Database => typeof value === 'object' && value !== null

interface Begun {
  readonly tx: { readonly done: Promise<void>; readonly error: DOMException | null; abort(): void }
  readonly operations: StorageTransaction
}

/** Runs a body in a transaction; whatever goes wrong, nothing of it stays. */
async function settle<T>(body: (tx: StorageTransaction) => Promise<T>, begin: () => Begun): Promise<T> {
  let begun: Begun | undefined
  try {
    begun = begin()
    // Its failure is told below; without a handler of its own it would be an unhandled rejection.
    begun.tx.done.catch(() => undefined)
    const result = await body(begun.operations)
    await begun.tx.done
    return result
  } catch (error) {
    if (begun) abort(begun.tx)
    throw asHistoryError(begun?.tx.error ?? error)
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // it had ended already, with the error that is being told
  }
}

type ReadTx = IDBPTransaction<HistorySchema, StoreName[], 'readonly' | 'readwrite'>
type WriteTx = IDBPTransaction<HistorySchema, StoreName[], 'readwrite'>

function reading(tx: ReadTx): StorageTransaction {
  const refuse = (): never => {
    throw historyError('aborted')
  }
  return {
    get: (store, key) => tx.objectStore(store).get(key),
    getAll: (store) => tx.objectStore(store).getAll(),
    getAllOf: (store, first) => tx.objectStore(store).getAll(IDBKeyRange.bound([first], [first, []])),
    getNewest: (store, limit) => newestOf(tx.objectStore(store).index('timestamp'), limit),
    getSince: (store, since) =>
      tx.objectStore(store).index('timestamp').getAll(IDBKeyRange.lowerBound(since)),
    getScenesAt: (timestamp) => tx.objectStore('scenes').index('timestamp').getAll(timestamp),
    count: (store) => tx.objectStore(store).count(),
    getRunning: () => tx.objectStore('runs').index('status').getAll('running'),
    getChunkRuns: (chunk) => tx.objectStore('runs').index('chunk').getAll(chunk),
    async lastChunk(from) {
      const cursor = await tx
        .objectStore('runs')
        .index('chunk')
        .openKeyCursor(IDBKeyRange.lowerBound(from), 'prev')
      return cursor?.key
    },
    put: refuse,
    delete: refuse,
    clear: refuse,
  }
}

function writing(tx: WriteTx): StorageTransaction {
  // Without a promise each, of which an import would make fifty thousand: a request that fails aborts the transaction, and `tx.done` tells it.
  const plain = unwrap(tx)
  return {
    ...reading(tx),
    put: (store, value) => void plain.objectStore(store).put(value),
    delete: (store, key) => void plain.objectStore(store).delete(key),
    clear: (store) => void plain.objectStore(store).clear(),
  }
}
