import fc from 'fast-check'
import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ColumnRow } from '../../../services/columns/columnChunk'
import type { ChunkTail } from '../../../services/history/chunkTail'
import { openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalRun, RunHistory } from '../../../types'
import { textDigest } from '../../../services/shared/textDigest'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const RUNS = [...generateRuns(560, 9)]
const first = RUNS.slice(0, 20)
const runAt = (index: number): HistoricalRun => {
  const run = RUNS[index]
  if (!run) throw new Error(`There is no run ${index}.`)
  return run
}

const opened: RunHistory[] = []
afterEach(() => {
  vi.restoreAllMocks()
  opened.splice(0).forEach((history) => history.close())
})

async function open(indexedDB: IDBFactory): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB })
  opened.push(history)
  return history
}

async function saved(runs: readonly HistoricalRun[]): Promise<IDBFactory> {
  const factory = freshIndexedDB()
  const history = await open(factory)
  await history.saveRuns(runs)
  history.close()
  return factory
}

const answersOf = async (history: RunHistory) => ({
  page: await history.queryRuns({ sort: { by: 'averageDuration', direction: 'asc' } }),
  statistics: await history.statistics(),
  facets: await history.facets({ text: 'rain' }),
  tags: await history.tags(),
  runs: (await history.storage()).runs,
})

/** How many chunks were put since. */
function countChunks(): () => number {
  const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
  return () =>
    puts.mock.contexts.filter((store) => store instanceof IDBObjectStore && store.name === 'columns').length
}

async function inDatabase(factory: IDBFactory, work: (db: IDBDatabase) => IDBTransaction): Promise<void> {
  const request = factory.open('gemdirect1-telemetry')
  await new Promise((resolve) => (request.onsuccess = resolve))
  const tx = work(request.result)
  await new Promise((resolve) => (tx.oncomplete = resolve))
  request.result.close()
}

const dropColumns = (db: IDBDatabase): IDBTransaction => {
  const tx = db.transaction(['columns'], 'readwrite')
  tx.objectStore('columns').clear()
  return tx
}

describe('a save of one run', () => {
  it('writes no chunk, and every page sees it', async () => {
    const factory = await saved(first)
    const [writer, reader] = [await open(factory), await open(factory)]
    await reader.statistics()
    const chunks = countChunks()
    await writer.saveRun(runAt(20))
    await writer.annotate(runAt(3).runId, { tags: ['rain'] })
    expect(chunks()).toBe(0)
    for (const history of [writer, reader, await open(factory)]) {
      expect((await history.queryRuns()).total).toBe(21)
      expect((await history.statistics()).runs).toBe(21)
      expect(await history.tags()).toContainEqual({ tag: 'rain', count: 1 })
    }
  })

  it('writes the chunk when many went before, and when another chunk is begun', async () => {
    const factory = await saved(RUNS.slice(0, 500))
    const history = await open(factory)
    const chunks = countChunks()
    for (const run of RUNS.slice(500, 516)) await history.saveRun(run)
    expect(chunks()).toBeGreaterThan(0)
    expect(chunks()).toBeLessThan(4)
    expect((await (await open(factory)).statistics()).runs).toBe(516)
  })

  it('writes the chunk where the run is too large for a tail', async () => {
    const history = await open(await saved(first))
    const scenes = Array.from({ length: 100 }, (_, index) => ({
      sceneId: `scene-${index}`,
      attempts: 1,
      status: 'failed' as const,
      error: { type: 'RuntimeError', message: 'no room left '.repeat(30) },
    }))
    const chunks = countChunks()
    await history.saveRun({ runId: 'long', timestamp: 1, scenes, fallbackCount: 0 })
    expect(chunks()).toBe(1)
    expect((await history.queryRuns()).total).toBe(21)
  })
})

/** With other rows, and the checksum of these. */
function changed(tail: ChunkTail, change: (rows: readonly ColumnRow[]) => readonly unknown[]): ChunkTail {
  const text = JSON.stringify(change(JSON.parse(tail.text)))
  return { ...tail, text, checksum: textDigest(text) }
}

describe('a tail that is not what was stored', () => {
  const damages: Readonly<Record<string, (tail: ChunkTail) => unknown>> = {
    'is gone': () => undefined,
    'is no tail': () => 'none',
    'has lost a row': (tail) => changed(tail, ([, ...rows]) => rows),
    'has a run deleted': (tail) => ({
      ...tail,
      text: tail.text.replace('"numbers":{', '"numbers":{"deletedAt":5,'),
    }),
    'has a run deleted, and the checksum of that': (tail) =>
      changed(tail, ([row, ...rows]) => [{ ...row, numbers: { ...row?.numbers, deletedAt: 5 } }, ...rows]),
    'has another checksum': (tail) => ({ ...tail, checksum: 7 }),
    'goes on from another record': (tail) => ({ ...tail, base: 7 }),
    'is of a chunk that is not there': (tail) => ({ ...tail, chunk: 3 }),
  }
  it.each(Object.entries(damages))('has its chunk made anew: it %s', async (_, damage) => {
    const factory = await saved(first)
    const before = await open(factory)
    await before.saveRun(runAt(20))
    await before.saveRun(runAt(21))
    const expected = await answersOf(before)
    before.close()
    await inDatabase(factory, (db) => {
      const tx = db.transaction(['meta'], 'readwrite')
      const request = tx.objectStore('meta').get('columns')
      request.onsuccess = () => {
        const { key, value } = request.result
        tx.objectStore('meta').put({ key, value: { ...value, tail: damage(value.tail) } })
      }
      return tx
    })
    const history = await open(factory)
    expect(await answersOf(history)).toEqual(expected)
    await history.saveRun(runAt(22))
    expect((await (await open(factory)).queryRuns()).total).toBe(23)
  })
})

describe('columns, whatever was done by two pages', () => {
  const index = fc.nat({ max: 559 })
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('save' as const), index }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('saveSome' as const), index }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('tag' as const), index: fc.nat({ max: 519 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), index: fc.nat({ max: 519 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), index }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), index }) },
  )
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
  const doOne = async (history: RunHistory, undo: string[], { do: what, index }: Step) => {
    if (what === 'save') return history.saveRun(runAt(index))
    if (what === 'saveSome') return history.saveRuns(RUNS.slice(index, index + 3))
    if (what === 'tag') return history.annotate(runAt(index).runId, { tags: ['rain'] }).catch(() => undefined)
    if (what === 'delete') return undo.push((await history.deleteRuns([runAt(index).runId])).token)
    if (what === 'restore') return history.restore(undo.pop() ?? 'none')
    return history.queryRuns({ limit: 5 })
  }

  it('are what the records make', { timeout: 120_000 }, async () => {
    const seeded = RUNS.slice(0, 505)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 40 }), async (steps) => {
        const factory = await saved(seeded)
        const [one, other] = [await open(factory), await open(factory)]
        const undo: string[] = []
        for (const [each, isOne] of steps) await doOne(isOne ? one : other, undo, each)
        const answers = [await answersOf(one), await answersOf(other), await answersOf(await open(factory))]
        await inDatabase(factory, dropColumns)
        const made = await answersOf(await open(factory))
        for (const each of answers) expect(each).toEqual(made)
        opened.splice(0).forEach((history) => history.close())
      }),
      { numRuns: 12 },
    )
  })
})
