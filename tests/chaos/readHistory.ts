import type { HistoryContent } from './compareWithJournal'

/** Everything a recorder wrote, straight from the database; nothing where there is none yet. */
export async function readHistory(indexedDB: IDBFactory, dbName: string): Promise<HistoryContent> {
  const known = await indexedDB.databases()
  // Opening one that isn't there would make it, empty.
  if (known.every(({ name }) => name !== dbName)) return EMPTY
  const db = await result(indexedDB.open(dbName))
  try {
    if (!db.objectStoreNames.contains('runs')) return EMPTY
    const tx = db.transaction(['runs', 'scenes', 'open', 'sources', 'samples'])
    const all = (name: keyof HistoryContent): Promise<HistoryContent['runs']> =>
      result(tx.objectStore(name).getAll())
    const [runs, scenes, open, sources, samples] = await Promise.all([
      all('runs'),
      all('scenes'),
      all('open'),
      all('sources'),
      all('samples'),
    ])
    return { runs, scenes, open, sources, samples }
  } finally {
    db.close()
  }
}

const EMPTY: HistoryContent = { runs: [], scenes: [], open: [], sources: [], samples: [] }

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The database does not answer.'))
  })
