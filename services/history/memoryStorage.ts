import { STORES, type StoreKey, type StoreName, type StoreValue } from './schema'
import type { Storage, StorageTransaction } from './storage'

type Tables = { readonly [S in StoreName]: Map<string, StoreValue<S>> }

/** The same promises as IndexedDB's, in memory: for a browser that denies storage. Transactions run one after another. */
export function createMemoryStorage(): Storage {
  let tables = copyOf()
  let last: Promise<unknown> = Promise.resolve()
  const run = <T>(body: (tx: StorageTransaction) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const draft = copyOf(tables)
      const result = await body(operationsOn(draft))
      tables = draft
      return result
    })
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    mode: 'memory',
    read: (_, body) => run(body),
    write: (_, body) => run(body),
    close: () => undefined,
  }
}

/** What is stored is nobody else's: as in IndexedDB, it is copied in and out. */
const copied = <T>(value: T): T => structuredClone(value)

function operationsOn(tables: Tables): StorageTransaction {
  const table = <S extends StoreName>(store: S): Tables[S] => tables[store]
  return {
    get: async (store, key) => copied(table(store).get(textOf(key))),
    getAll: async (store) => copied(inKeyOrder(table(store))),
    getAllOf: async (store, first) => {
      const prefix = `${textOf(first)}\u0000`
      return copied(inKeyOrder(new Map([...table(store)].filter(([key]) => key.startsWith(prefix)))))
    },
    getNewest: async (store, limit) =>
      copied([...table(store).values()].sort((a, b) => b.timestamp - a.timestamp).slice(0, limit)),
    getSince: async (store, since) =>
      copied(
        [...table(store).values()]
          .filter(({ timestamp }) => timestamp >= since)
          .sort((a, b) => a.timestamp - b.timestamp),
      ),
    getScenesAt: async (timestamp) =>
      copied(inKeyOrder(tables.scenes).filter((scene) => scene.timestamp === timestamp)),
    count: async (store) => table(store).size,
    getRunning: async () => copied(inKeyOrder(tables.runs).filter(({ status }) => status === 'running')),
    getChunkRuns: async (chunk) => copied(inKeyOrder(tables.runs).filter((run) => run.chunk === chunk)),
    async lastChunk(from) {
      const chunks = [...tables.runs.values()].map(({ chunk }) => chunk).filter((chunk) => chunk >= from)
      return chunks.length === 0 ? undefined : Math.max(...chunks)
    },
    put: (store, value) => void table(store).set(keyOf(store, value), copied(value)),
    delete: (store, key) => void table(store).delete(textOf(key)),
    clear: (store) => table(store).clear(),
  }
}

function copyOf(tables?: Tables): Tables {
  return {
    runs: new Map(tables?.runs),
    scenes: new Map(tables?.scenes),
    recommendations: new Map(tables?.recommendations),
    filterPresets: new Map(tables?.filterPresets),
    samples: new Map(tables?.samples),
    columns: new Map(tables?.columns),
    sources: new Map(tables?.sources),
    open: new Map(tables?.open),
    jobs: new Map(tables?.jobs),
    meta: new Map(tables?.meta),
  }
}

/** Ids hold no NUL: wire/primitives.ts. */
const textOf = (key: StoreKey<StoreName>): string => (Array.isArray(key) ? key.join('\u0000') : String(key))

function keyOf(store: StoreName, value: object): string {
  const members = new Map(Object.entries(value))
  return [STORES[store].keyPath]
    .flat()
    .map((path) => String(members.get(path)))
    .join('\u0000')
}

const inKeyOrder = <T>(rows: ReadonlyMap<string, T>): T[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
