import { afterEach, describe, expect, it, vi } from 'vitest'
import { IDBObjectStore } from 'fake-indexeddb'
import { canonicalJson } from '../../../services/shared/canonicalJson'
import { HistoryError } from '../../../services/history/historyError'
import { openIdbStorage } from '../../../services/history/idbStorage'
import { STORES, type StoreName } from '../../../services/history/schema'
import { openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const history of opened.splice(0)) history.close()
})
async function open(indexedDB: IDBFactory): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB })
  opened.push(history)
  return history
}
const run = (sceneCount: number, runId = 'run'): HistoricalRun => ({
  runId,
  timestamp: 1,
  fallbackCount: 0,
  sceneCount,
  scenes: Array.from({ length: sceneCount }, (_, i) => ({
    sceneId: `scene-${i}`,
    attempts: 1,
    status: 'success' as const,
    duration: 1_000 * sceneCount,
  })),
})
/** The n-th put from now on fails as the browser's would; the ones before succeed. Answers how many were tried. */
function failPut(n: number, error: DOMException): () => number {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value
  let count = 0
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    count += 1
    if (count === n) throw error
    return Reflect.apply(put, this, args)
  })
  return () => count
}
const NO_SCENES = { success: 0, failed: 0, timeout: 0, skipped: 0 }
const quota = (): DOMException => new DOMException('full', 'QuotaExceededError')

describe('where IndexedDB is denied', () => {
  const denied = (): IDBFactory => {
    const factory = freshIndexedDB()
    vi.spyOn(factory, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    return factory
  }
  it('the history works in memory, and says why', async () => {
    const history = await open(denied())
    await history.saveRun(run(2))
    expect((await history.getRun('run'))?.scenes).toHaveLength(2)
    expect((await history.queryRuns()).total).toBe(1)
    const report = await history.storage()
    expect(report).toMatchObject({ mode: 'memory', runs: 1 })
    expect(report.reason).toMatch(/denies storage.*allow site data/)
  })

  it('what is kept is changed by nobody who gave or got it', async () => {
    const history = await open(denied())
    const given = { ...run(1), tags: ['night'] }
    await history.saveRun(given)
    given.tags.push('later')
    const got = await history.getRun('run')
    Object.assign(got?.scenes[0] ?? {}, { duration: 7 })
    Object.assign(got ?? {}, { tags: [] })
    expect(await history.getRun('run')).toMatchObject({ tags: ['night'], scenes: [{ duration: 1_000 }] })
  })
})

describe('where storage is full', () => {
  it('a save is refused with a sentence, and what was there stays whole', async () => {
    const history = await open(freshIndexedDB())
    await history.saveRun(run(2))
    const before = canonicalJson(await history.getRun('run'))
    failPut(1, quota())
    await expect(history.saveRun(run(4))).rejects.toMatchObject({
      code: 'quota',
      name: 'QuotaExceededError',
      message: expect.stringMatching(/Storage is full/),
    })
    vi.restoreAllMocks()
    expect(canonicalJson(await history.getRun('run'))).toBe(before)
    await history.saveRun(run(4))
    expect((await history.getRun('run'))?.scenes).toHaveLength(4)
  })
})

describe('a write that breaks off', () => {
  it('at any of its puts leaves the old state or none, never a part of the new', async () => {
    const history = await open(freshIndexedDB())
    await history.saveRun(run(2))
    const before = canonicalJson(await history.getRun('run'))
    const counted = failPut(0, quota())
    const other = await open(freshIndexedDB())
    await other.saveRun(run(2))
    await other.saveRun(run(4))
    const puts = counted()
    vi.restoreAllMocks()
    expect(puts).toBeGreaterThan(5)
    for (let n = 1; n <= puts; n++) {
      const tried = failPut(n, quota())
      const outcome = await history.saveRun(run(4)).then(
        () => 'saved',
        () => 'refused',
      )
      const reached = tried() >= n
      vi.restoreAllMocks()
      const after = canonicalJson(await history.getRun('run'))
      if (!reached) expect(outcome).toBe('saved')
      else expect([outcome, after]).toEqual(['refused', before])
      if (outcome === 'saved') break
    }
  })
})

/** The ways a browser breaks a put off: after it was accepted, never by throwing. */
const breaks: Readonly<Record<string, (store: IDBObjectStore, put: () => IDBRequest) => IDBRequest>> = {
  'a put fails for want of room': (store) => {
    const { transaction } = store
    const operation = (): never => {
      throw quota()
    }
    return Reflect.apply(Reflect.get(transaction, '_execRequestAsync'), transaction, [
      { source: store, operation },
    ])
  },
  'the transaction is aborted': (store, put) => {
    const request = put()
    store.transaction.abort()
    return request
  },
}
/** Breaks the n-th put off; tells how many were tried. */
function breakPut(n: number, how: (typeof breaks)[string]): () => number {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value
  let count = 0
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    const going = (): IDBRequest => Reflect.apply(put, this, args)
    return ++count === n ? how(this, going) : going()
  })
  return () => count
}
/** Everything in the database, in every store. */
async function contentOf(factory: IDBFactory): Promise<string> {
  const names = Object.keys(STORES) as StoreName[]
  const storage = await openIdbStorage(factory, 'gemdirect1-telemetry')
  const rows = await storage.read(names, (tx) => Promise.all(names.map((name) => tx.getAll(name))))
  storage.close()
  return canonicalJson(rows)
}

describe.each(Object.entries(breaks))('a save of which %s', (_, how) => {
  const from = {
    nothing: undefined,
    'a shorter telling of the run': run(2),
    'another run': run(3, 'another'),
  }
  it.each(Object.entries(from))(
    'leaves everything as it was, at whichever put, over %s',
    async (_, first) => {
      const indexedDB = freshIndexedDB()
      const history = await open(indexedDB)
      if (first) await history.saveRun(first)
      const before = await contentOf(indexedDB)
      const { revision } = history.getSnapshot()
      let n = 0
      for (let isBroken = true; isBroken;) {
        const tried = breakPut(++n, how)
        const outcome = await history.saveRun(run(4)).then(
          () => 'saved',
          (error: unknown) => error,
        )
        isBroken = tried() >= n
        vi.restoreAllMocks()
        if (!isBroken) expect(outcome).toBe('saved')
        else {
          expect(outcome).toBeInstanceOf(HistoryError)
          if (how === breaks['a put fails for want of room']) expect(outcome).toMatchObject({ code: 'quota' })
          expect(await contentOf(indexedDB)).toBe(before)
          expect(history.getSnapshot().revision).toBe(revision)
        }
      }
      // Four scenes, the run, the first of a chunk the chunk itself, the columns' head and the revision; the last broke nothing.
      expect(n).toBe(first ? 8 : 9)
      expect((await history.getRun('run'))?.scenes).toHaveLength(4)
      expect(await history.storage()).toMatchObject({
        mode: 'indexeddb',
        runs: first?.runId === 'another' ? 2 : 1,
      })
    },
  )
})

describe('a database of another version', () => {
  it('is brought up from every older one, with what is in it', async () => {
    const factory = freshIndexedDB()
    const first = await openIdbStorage(factory, 'old')
    await first.write(['runs', 'meta'], async (tx) =>
      tx.put('runs', { ...run(0), counts: NO_SCENES, gpuNames: [], chunk: 0 }),
    )
    first.close()
    const { MIGRATIONS } = await import('../../../services/history/schema')
    for (let version = 0; version <= MIGRATIONS.length; version++) {
      const later = [...MIGRATIONS, (db: IDBDatabase) => void db.createObjectStore('later')]
      const storage = await openIdbStorage(factory, version === 0 ? 'fresh' : 'old', { migrations: later })
      const found = await storage.read(['runs'], (tx) => tx.getAll('runs'))
      expect(found).toHaveLength(version === 0 ? 0 : 1)
      storage.close()
    }
  })

  it('that is newer is left alone: the page works in memory and says so', async () => {
    const factory = freshIndexedDB()
    const request = factory.open('gemdirect1-telemetry', 99)
    await new Promise((resolve) => (request.onsuccess = resolve))
    request.result.close()
    const report = await (await open(factory)).storage()
    expect(report.mode).toBe('memory')
    expect(report.reason).toMatch(/newer version of this page/)
  })

  it('that another tab does not let go of is given up after a while, with what to do', async () => {
    const factory = freshIndexedDB()
    const old = factory.open('gemdirect1-telemetry', 1)
    await new Promise((resolve) => (old.onsuccess = resolve))
    // An older page that ignores versionchange.
    const { MIGRATIONS } = await import('../../../services/history/schema')
    const later = [...MIGRATIONS, () => undefined]
    await expect(
      openIdbStorage(factory, 'gemdirect1-telemetry', { migrations: later }),
    ).rejects.toMatchObject({
      code: 'blocked',
      message: expect.stringMatching(/Another tab.*close or reload that tab/),
    })
    old.result.close()
  })

  it('whose stores are missing is not written to', async () => {
    const factory = freshIndexedDB()
    const request = factory.open('gemdirect1-telemetry', 1)
    await new Promise((resolve) => (request.onsuccess = resolve))
    request.result.close()
    expect(await (await open(factory)).storage()).toMatchObject({
      mode: 'memory',
      reason: expect.stringMatching(/parts of it are missing/),
    })
  })
})
