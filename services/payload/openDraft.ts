const DRAFT_DB = 'gemDirect1_telemetry'
/** The host may be upgrading it just now; it is no more ours to wait for than to upgrade. */
const OPEN_MS = 3_000

/**
 * Gives the host's draft database to `read` and closes it at once afterwards. Undefined where it isn't listed, holds no runs, or can't
 * be opened in time. It is opened without a version, which never upgrades, and never made: an upgrade that begins all the same, because
 * it was deleted meanwhile, is aborted.
 */
export async function withDraftDatabase<T>(
  factory: IDBFactory,
  read: (db: IDBDatabase) => Promise<T>,
): Promise<T | undefined> {
  // Some browsers can't list databases; opening one to see whether it is there would make it.
  if (typeof factory.databases !== 'function') return undefined
  const listed = await factory.databases()
  if (!listed.some(({ name }) => name === DRAFT_DB)) return undefined
  const db = await open(factory)
  if (!db) return undefined
  try {
    return db.objectStoreNames.contains('runs') ? await read(db) : undefined
  } finally {
    db.close()
  }
}

function open(factory: IDBFactory): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = factory.open(DRAFT_DB)
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      resolve(undefined)
    }, OPEN_MS)
    const settle = (db: IDBDatabase | undefined): void => {
      clearTimeout(timer)
      if (isLate) db?.close()
      else resolve(db)
    }
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = (event) => {
      event.preventDefault()
      settle(undefined)
    }
    request.onsuccess = () => {
      const db = request.result
      db.onversionchange = () => db.close()
      settle(db)
    }
  })
}
