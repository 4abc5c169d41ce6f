import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openIdbStorage } from '../../../services/history/idbStorage'
import { MIGRATIONS, STORES, type Migration, type StoredRun } from '../../../services/history/schema'
import { summaryOf } from '../../../services/comparison/aggregates'
import type { Maintenance } from '../../../services/history/maintenance'
import { openHistory, openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import { createStore } from '../../../services/shared/createStore'
import type { HistoricalRun } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const NAME = 'gemdirect1-telemetry'
const NEWEST = MIGRATIONS.length
const OLDER = MIGRATIONS.map((_, index) => index + 1)

let factory: IDBFactory
beforeEach(() => void (factory = freshIndexedDB()))
afterEach(() => vi.useRealTimers())

const answered = (request: IDBRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })

/** A page as it was at an earlier version; it pays no heed to `versionchange`. */
async function openAsOf(version: number): Promise<IDBDatabase> {
  const request = factory.open(NAME, version)
  request.onupgradeneeded = ({ oldVersion }) => {
    const { result, transaction } = request
    if (!transaction) throw new Error('an upgrade has a transaction')
    for (const migrate of MIGRATIONS.slice(oldVersion, version)) migrate(result, transaction, () => undefined)
  }
  await answered(request)
  return request.result
}
const stored: StoredRun = {
  chunk: 0,
  runId: 'run',
  timestamp: 5,
  runName: 'Night',
  tags: ['night'],
  fallbackCount: 0,
  counts: { success: 1, failed: 0, timeout: 0, skipped: 0 },
  gpuNames: [],
}
const scene = { sceneId: 'a', attempts: 1, status: 'success', duration: 1_000 } as const

/** Leaves a saved run in a database of that version. */
async function saveAsOf(version: number): Promise<void> {
  const db = await openAsOf(version)
  const tx = db.transaction(['runs', 'scenes', 'meta'], 'readwrite')
  const { chunk: _, ...unplaced } = stored
  tx.objectStore('runs').put(version === 1 ? unplaced : stored)
  tx.objectStore('scenes').put({ ...scene, runId: 'run', timestamp: 5 })
  tx.objectStore('meta').put({ key: 'revision', value: 7 })
  await new Promise((resolve) => (tx.oncomplete = resolve))
  db.close()
}
/** Leaves runs in a database as the first version stored them: in no chunk, without columns. */
async function saveRunsAsFirst(runs: readonly HistoricalRun[]): Promise<void> {
  const db = await openAsOf(1)
  const tx = db.transaction(['runs', 'scenes'], 'readwrite')
  for (const { scenes, ...head } of runs) {
    tx.objectStore('runs').put({ ...head, ...summaryOf(scenes) })
    for (const each of scenes)
      tx.objectStore('scenes').put({ ...each, runId: head.runId, timestamp: each.endedAt ?? head.timestamp })
  }
  await new Promise((resolve) => (tx.oncomplete = resolve))
  db.close()
}
/** The same browser storage, for a page whose schema is one version further. */
const oneVersionLater = (): IDBFactory =>
  new Proxy(factory, {
    get(target, member) {
      if (member === 'open')
        return (name: string, version: number): IDBOpenDBRequest => target.open(name, version + 1)
      return Reflect.get(target, member)
    },
  })
/** Deletes the database; tells whether a connection that was left open had to be waited for. */
async function deleteDatabase(): Promise<{ readonly wasHeld: boolean }> {
  const request = factory.deleteDatabase(NAME)
  let wasHeld = false
  await new Promise<void>((resolve, reject) => {
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
    request.onblocked = () => {
      wasHeld = true
      resolve()
    }
  })
  return { wasHeld }
}
/** Time stands still until the next timer is set; then it passes. */
async function passTime(ms: number): Promise<void> {
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(ms)
}

describe('a database made from nothing', () => {
  it('has every store with its key and its indexes, as the newest shape says', async () => {
    ;(await openIdbStorage(factory, NAME)).close()
    const db = await openAsOf(NEWEST)
    expect([...db.objectStoreNames]).toEqual(Object.keys(STORES).sort())
    const tx = db.transaction(Object.keys(STORES))
    for (const [name, { keyPath, indexes = {} }] of Object.entries(STORES)) {
      const store = tx.objectStore(name)
      expect(store.keyPath).toEqual(keyPath)
      expect([...store.indexNames]).toEqual(Object.keys(indexes).sort())
      for (const [index, shape] of Object.entries(indexes)) {
        const { keyPath: path, multiEntry } = store.index(index)
        expect({ path, multiEntry }).toEqual({ path: shape.keyPath, multiEntry: shape.multiEntry ?? false })
      }
    }
    db.close()
  })
})

describe('a database of an older version', () => {
  it.each(OLDER)('opened at version %i comes up to the newest with its runs', async (version) => {
    await saveAsOf(version)
    const history = await openRunHistory({ indexedDB: factory })
    expect(await history.storage()).toMatchObject({ mode: 'indexeddb', runs: 1 })
    expect(await history.getRun('run')).toMatchObject({ runName: 'Night', tags: ['night'], scenes: [scene] })
    expect(history.getSnapshot().revision).toBe(7)
    await history.saveRun({ runId: 'another', timestamp: 6, scenes: [], fallbackCount: 0 })
    expect((await history.queryRuns()).total).toBe(2)
    history.close()
    expect((await openAsOf(NEWEST)).version).toBe(NEWEST)
  })

  it.each(OLDER)(
    'opened at version %i goes through the later migrations, each once, in order',
    async (version) => {
      const ran: string[] = []
      const later: readonly Migration[] = [
        ...MIGRATIONS,
        (_, transaction) => {
          ran.push('index')
          transaction.objectStore('runs').createIndex('runName', 'runName')
        },
        (db) => {
          ran.push('store')
          db.createObjectStore('later', { keyPath: 'id' })
        },
      ]
      await saveAsOf(version)
      for (const _ of ['upgraded', 'opened again']) {
        const storage = await openIdbStorage(factory, NAME, { migrations: later })
        expect(await storage.read(['runs'], (tx) => tx.get('runs', 'run'))).toEqual(stored)
        expect(await storage.read(['scenes'], (tx) => tx.getAllOf('scenes', 'run'))).toMatchObject([scene])
        storage.close()
      }
      expect(ran).toEqual(['index', 'store'])
    },
  )

  it('says how far it is while it comes up, and is usable while its columns are made', async () => {
    const runs = [...generateRuns(2_000, 5)]
    await saveRunsAsFirst(runs)
    const maintenance = createStore<Maintenance | null>(null)
    const told: (Maintenance | null)[] = []
    maintenance.subscribe(() => told.push(maintenance.getSnapshot()))
    const { history } = await openHistory({ indexedDB: factory, maintenance })
    expect(told).toEqual([
      ...[0, 512, 1_024, 1_536].map((done) => ({ task: 'migrate', share: done / 2_000 })),
      null,
    ])

    const used: boolean[] = []
    const use = async (): Promise<void> => {
      const [first] = runs
      if (!first) return
      expect(await history.getRun(first.runId)).toEqual(first)
      await history.saveRun({ runId: 'meanwhile', timestamp: 6, scenes: [], fallbackCount: 0 })
      used.push(maintenance.getSnapshot()?.task === 'rebuild')
    }
    let using: Promise<void> | undefined
    maintenance.subscribe(() => (using ??= use()))
    expect((await history.statistics()).runs).toBeGreaterThanOrEqual(2_000)
    await using
    expect(used).toEqual([true])
    expect(told.slice(5)).toEqual([
      ...[0, 0.25, 0.5, 0.75].map((share) => ({ task: 'rebuild', share })),
      null,
    ])
    expect((await history.queryRuns()).total).toBe(2_001)
    history.close()
  }, 60_000)

  it('may be rewritten by a migration, row by row', async () => {
    const rename: Migration = (_, transaction) => {
      const cursor = transaction.objectStore('runs').openCursor()
      cursor.onsuccess = () => {
        if (!cursor.result) return
        cursor.result.update({ ...cursor.result.value, runName: 'renamed' })
        cursor.result.continue()
      }
    }
    await saveAsOf(NEWEST)
    const storage = await openIdbStorage(factory, NAME, { migrations: [...MIGRATIONS, rename] })
    expect(await storage.read(['runs'], (tx) => tx.get('runs', 'run'))).toEqual({
      ...stored,
      runName: 'renamed',
    })
    storage.close()
  })

  it('stays as it was when a migration fails', async () => {
    await saveAsOf(NEWEST)
    const failing: Migration = (db) => {
      db.deleteObjectStore('runs')
      throw new Error('in the middle')
    }
    await expect(
      openIdbStorage(factory, NAME, { migrations: [...MIGRATIONS, failing] }),
    ).rejects.toMatchObject({
      code: 'aborted',
    })
    const history = await openRunHistory({ indexedDB: factory })
    expect(await history.getRun('run')).toMatchObject({ runName: 'Night', scenes: [scene] })
    history.close()
  })
})

describe('an upgrade that another tab blocks', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))

  it('is given up after three seconds, and the history works in memory and says which tab to close', async () => {
    await saveAsOf(NEWEST)
    const old = await openAsOf(NEWEST)
    const opening = openRunHistory({ indexedDB: oneVersionLater() })
    await passTime(3_000)
    const history = await opening
    expect(await history.storage()).toMatchObject({
      mode: 'memory',
      runs: 0,
      reason: expect.stringMatching(/Another tab.*close or reload that tab/),
    })
    await history.saveRun({ runId: 'unsaved', timestamp: 6, scenes: [], fallbackCount: 0 })
    expect(await history.getRun('unsaved')).toBeDefined()
    history.close()
    old.close()
  })

  it('goes on when that tab closes in time', async () => {
    await saveAsOf(NEWEST)
    const old = await openAsOf(NEWEST)
    const opening = openIdbStorage(factory, NAME, { migrations: [...MIGRATIONS, () => undefined] })
    await passTime(2_900)
    old.close()
    const storage = await opening
    expect(await storage.read(['runs'], (tx) => tx.get('runs', 'run'))).toEqual(stored)
    expect(vi.getTimerCount()).toBe(0)
    storage.close()
  })

  it('leaves no connection behind that would hold up others once that tab has closed', async () => {
    const old = await openAsOf(NEWEST)
    const opening = openIdbStorage(factory, NAME, { migrations: [...MIGRATIONS, () => undefined] })
    const refused = expect(opening).rejects.toMatchObject({ code: 'blocked' })
    await passTime(3_000)
    await refused
    old.close()
    expect(await deleteDatabase()).toEqual({ wasHeld: false })
  })
})

describe('a newer version of the page', () => {
  it('gets the database at once; the older one lets go, and says so when it is to write', async () => {
    const older = await openIdbStorage(factory, NAME)
    const newer = await openIdbStorage(factory, NAME, { migrations: [...MIGRATIONS, () => undefined] })
    expect(newer.mode).toBe('indexeddb')
    const writing = older.write(['runs'], async (tx) => tx.put('runs', stored))
    await expect(writing).rejects.toMatchObject({ code: 'closed' })
    expect(await newer.read(['runs'], (tx) => tx.count('runs'))).toBe(0)
    newer.close()
  })

  it('leaves a database that an older page neither opens nor changes', async () => {
    await saveAsOf(NEWEST)
    const newer = [...MIGRATIONS, () => undefined]
    ;(await openIdbStorage(factory, NAME, { migrations: newer })).close()
    await expect(openIdbStorage(factory, NAME)).rejects.toMatchObject({ code: 'newer' })
    const history = await openRunHistory({ indexedDB: factory })
    expect(await history.storage()).toMatchObject({
      mode: 'memory',
      reason: expect.stringMatching(/newer version of this page.*reload/),
    })
    await history.saveRun({ runId: 'unsaved', timestamp: 6, scenes: [], fallbackCount: 0 })
    history.close()
    const again = await openIdbStorage(factory, NAME, { migrations: newer })
    expect(await again.read(['runs'], (tx) => tx.getAll('runs'))).toEqual([stored])
    again.close()
  })
})
