import { IDBObjectStore } from 'fake-indexeddb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { trendOf } from '../../../services/comparison/trendOf'
import { trendRunOf } from '../../../services/comparison/trendRunOf'
import { openIdbStorage } from '../../../services/history/idbStorage'
import { openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalRun, Metric, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const NAME = 'gemdirect1-telemetry'
const COUNT = 600
const RUNS = [...generateRuns(COUNT, 3)]
const METRICS = ['duration', 'successRate', 'gpuVramFree', 'gpuUtilization', 'attempts', 'queueWait'] as const

const opened: RunHistory[] = []
afterEach(() => opened.splice(0).forEach((history) => history.close()))

async function open(indexedDB: IDBFactory): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB })
  opened.push(history)
  return history
}

/** Everything that is answered from the columns. */
const answersOf = async (history: RunHistory) => ({
  page: await history.queryRuns({ sort: { by: 'averageDuration', direction: 'asc' } }),
  statistics: await history.statistics({ status: ['failed'] }),
  facets: await history.facets({ text: 'rain' }),
  groups: await history.groups('gpuName'),
  trend: await history.trend('duration'),
  chart: await history.chart({ kind: 'duration' }),
  tags: await history.tags(),
})

/** A database with saved runs, two chunks of them. */
async function saved(): Promise<IDBFactory> {
  const factory = freshIndexedDB()
  const history = await open(factory)
  await history.saveRuns(RUNS)
  history.close()
  return factory
}

describe('figures from the columns', () => {
  it('are the figures of the records', async () => {
    const history = await open(await saved())
    const { byMetric, runs, scenes, excludedCached } = await history.statistics()
    const all = RUNS.flatMap((run) => run.scenes)
    const timed = all.filter((scene) => scene.status === 'success' && !scene.cached)
    const durations = timed.flatMap(({ duration }) => duration ?? [])
    expect({ runs, scenes }).toEqual({ runs: COUNT, scenes: all.length })
    expect(excludedCached).toBe(all.filter((scene) => scene.status === 'success' && scene.cached).length)
    expect(byMetric.duration.n).toBe(durations.length)
    expect(byMetric.duration.avg).toBeCloseTo(mean(durations), 6)
    expect(byMetric.duration.max).toBe(Math.max(...durations))
    expect(byMetric.gpuVramFree.avg).toBeCloseTo(mean(all.flatMap(({ gpuVramFree }) => gpuVramFree ?? [])), 3)
    expect(byMetric.successRate.avg).toBeCloseTo(
      mean(RUNS.flatMap(({ successRate }) => successRate ?? [])),
      9,
    )
  })

  it.each(METRICS)('tell the trend of %s as the records do', async (metric: Metric) => {
    const history = await open(freshIndexedDB())
    const runs = RUNS.slice(-200)
    await history.saveRuns(runs)
    const expected = trendOf(metric, runs.map(trendRunOf))
    const trend = await history.trend(metric)
    expect({ ...trend, points: [] }).toEqual({ ...expected, points: [] })
    expect(trend.points.map(({ runId, n }) => [runId, n])).toEqual(
      expected.points.map(({ runId, n }) => [runId, n]),
    )
    trend.points.forEach(({ value }, index) =>
      expect(value).toBeCloseTo(expected.points[index]?.value ?? -1, 6),
    )
  })

  it('show a change that the newest 200 runs are all behind, where it was and what changed with it', async () => {
    const history = await open(await saved())
    const { changePoints, verdict, n } = await history.trend('duration')
    const step = RUNS[COUNT / 2]?.timestamp ?? 0
    const stretch = (RUNS[COUNT / 2]?.timestamp ?? 0) - (RUNS[COUNT / 2 - 10]?.timestamp ?? 0)
    expect(n).toBe(200)
    expect(verdict).toBe('worse')
    expect(changePoints).toHaveLength(1)
    expect(Math.abs((changePoints[0]?.timestamp ?? 0) - step)).toBeLessThanOrEqual(stretch)
    expect(changePoints[0]?.ratio).toBeGreaterThan(1.2)
    expect(changePoints[0]?.ratio).toBeLessThan(1.47)
    expect(changePoints[0]?.differs.join()).toMatch(/driver/)
  })

  it('judge a run and a scene as a comparison of the records does', async () => {
    const history = await open(await saved())
    const runIds = RUNS.slice(-5).map(({ runId }) => runId)
    const verdicts = await history.verdicts(runIds)
    expect(verdicts.size).toBe(5)
    for (const runId of runIds) {
      const { evidence, historical } = await history.compare(runId)
      expect(historical.length).toBeGreaterThan(0)
      expect(verdicts.get(runId)).toMatchObject({
        n: evidence.duration?.n,
        verdict: evidence.duration?.verdict,
      })
      expect(verdicts.get(runId)?.value).toBeCloseTo(evidence.duration?.value ?? -1, 9)
    }
  })

  it('leave out what the host’s draft says, and count its runs', async () => {
    const history = await open(await saved())
    const before = await history.statistics()
    await history.saveRun({
      runId: 'draft',
      timestamp: 1,
      scenes: [],
      fallbackCount: 0,
      source: 'gemdirect1-draft',
    })
    expect(await history.statistics()).toEqual(before)
    expect((await history.queryRuns()).total).toBe(COUNT + 1)
  })
})

describe('columns that are not what was stored', () => {
  const damages: Readonly<Record<string, (db: IDBDatabase) => IDBTransaction>> = {
    'all dropped': dropAll,
    'one dropped': (db) => {
      const tx = db.transaction(['columns'], 'readwrite')
      tx.objectStore('columns').delete(1)
      return tx
    },
    'garbage in their place': (db) => {
      const tx = db.transaction(['columns'], 'readwrite')
      tx.objectStore('columns').put({ chunk: 0, runIds: 'no list' })
      return tx
    },
    'a figure changed': (db) => {
      const tx = db.transaction(['columns'], 'readwrite')
      const request = tx.objectStore('columns').get(0)
      request.onsuccess = () => {
        request.result.sceneNumbers.duration[7] += 1
        tx.objectStore('columns').put(request.result)
      }
      return tx
    },
    'an older version': (db) => {
      const tx = db.transaction(['columns', 'meta'], 'readwrite')
      const request = tx.objectStore('meta').get('columns')
      request.onsuccess = () =>
        tx.objectStore('meta').put({ ...request.result, value: { ...request.result.value, version: 0 } })
      return tx
    },
    'a head that counts no runs': (db) => changeHead(db, (chunks) => ({ ...chunks, visible: 'x' })),
    'a head that counts more than there are': (db) =>
      changeHead(db, (chunks) => ({ ...chunks, visible: chunks.runs.map((runs) => runs + 1) })),
    'a head that leaves a chunk out': (db) => changeHead(db, (chunks) => mapValues(chunks, first)),
    'a head with a column too short': (db) =>
      changeHead(db, (chunks) => ({ ...chunks, arrived: first(chunks.arrived) })),
    'their head dropped': (db) => {
      const tx = db.transaction(['meta'], 'readwrite')
      tx.objectStore('meta').delete('columns')
      return tx
    },
  }
  it.each(Object.entries(damages))('are made anew, with progress: %s', async (_, damage) => {
    const whole = await open(await saved())
    const expected = await answersOf(whole)
    const factory = await saved()
    await damageWith(factory, damage)
    const history = await open(factory)
    const shares: number[] = []
    history.maintenance.subscribe(() => shares.push(history.maintenance.getSnapshot()?.share ?? 1))
    // The first page is there before anything is made anew.
    expect((await history.queryRuns({ limit: 50 })).runs).toHaveLength(50)
    expect(await answersOf(history)).toEqual({
      ...expected,
      page: { ...expected.page, asOf: expect.any(Number) },
    })
    expect(shares.at(-1)).toBe(1)
    expect(shares.length).toBeGreaterThan(1)
    history.close()
    // They were stored: nothing is made anew a second time.
    const again = await open(factory)
    const later: unknown[] = []
    again.maintenance.subscribe(() => later.push(again.maintenance.getSnapshot()))
    await again.statistics()
    expect(later).toEqual([])
  })

  it('are made for the page alone where there is no room to store them', async () => {
    const whole = await open(await saved())
    const expected = await answersOf(whole)
    const factory = await saved()
    await damageWith(factory, dropAll)
    const history = await open(factory)
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(await answersOf(history)).toEqual(expected)
    expect(history.maintenance.getSnapshot()).toBeNull()
    const tried = puts.mock.calls.length
    expect(await answersOf(history)).toEqual(expected)
    expect(puts.mock.calls.length).toBe(tried)
    await expect(history.saveRun(newRun('new', 1))).rejects.toMatchObject({ code: 'quota' })
    puts.mockRestore()
    await history.saveRun(newRun('new', 1))
    expect((await history.statistics()).runs).toBe(COUNT + 1)
    expect((await history.queryRuns()).total).toBe(COUNT + 1)
  })

  it('leave deleted runs out of what is stored, also while nobody knows how many there are', async () => {
    const factory = await saved()
    const before = await open(factory)
    await before.deleteRuns(RUNS.slice(0, 2).map(({ runId }) => runId))
    before.close()
    await damageWith(factory, damages['their head dropped'] ?? fail)
    const history = await open(factory)
    expect((await history.storage()).runs).toBe(COUNT - 2)
    await history.statistics()
    expect((await history.storage()).runs).toBe(COUNT - 2)
  })

  it('take a save in the meantime', async () => {
    const factory = await saved()
    await damageWith(factory, dropAll)
    const history = await open(factory)
    const [first] = RUNS
    if (!first) throw new Error('there are runs')
    await history.annotate(first.runId, { tags: ['while they are gone'] })
    await history.saveRun({ ...first, runId: 'new' })
    expect(await history.tags()).toContainEqual({ tag: 'while they are gone', count: 1 })
    expect((await history.queryRuns()).total).toBe(COUNT + 1)
  })
})

describe('a list that is held still', () => {
  it('counts what came since and moves nothing', async () => {
    const history = await open(await saved())
    const first = await history.queryRuns({ limit: 10 })
    const before = await figuresOf(history)
    const scenes = RUNS[0]?.scenes ?? []
    await history.saveRun({ ...newRun('newest', Date.UTC(2030, 0, 1)), scenes })
    const held = await history.queryRuns({ limit: 10, asOf: first.asOf })
    expect(held).toEqual({ ...first, waiting: 1 })
    expect(await figuresOf(history, first.asOf)).toEqual(before)
    expect((await history.statistics()).runs).toBe(COUNT + 1)
    const shown = await history.queryRuns({ limit: 10 })
    expect(shown.runs[0]?.runId).toBe('newest')
    expect(shown.total).toBe(COUNT + 1)
  })

  it('does so when runs were erased meanwhile, and when its columns were made anew', async () => {
    const factory = freshIndexedDB()
    const history = await open(factory)
    await history.saveRuns(['z', 'b', 'a'].map((runId, index) => newRun(runId, index + 1)))
    const { asOf } = await history.queryRuns({ limit: 10 })
    await history.saveRun(newRun('m', 9))
    await history.retention({ maxRuns: 3, keepTagged: true })
    const there = async (of: RunHistory) => {
      const { runs, waiting } = await of.queryRuns({ limit: 10, asOf })
      return { runIds: runs.map(({ runId }) => runId), waiting }
    }
    expect(await there(history)).toEqual({ runIds: ['a', 'b'], waiting: 1 })
    history.close()
    await damageWith(factory, dropAll)
    const again = await open(factory)
    expect(await there(again)).toEqual({ runIds: ['a', 'b'], waiting: 1 })
    await again.saveRun(newRun('c', 10))
    expect(await there(again)).toEqual({ runIds: ['a', 'b'], waiting: 2 })
  })
})

const figuresOf = async (history: RunHistory, asOf?: number) => ({
  statistics: await history.statistics({}, asOf),
  trend: await history.trend('duration', {}, asOf),
  chart: await history.chart({ kind: 'duration', asOf }),
})
const newRun = (runId: string, timestamp: number): HistoricalRun => ({
  runId,
  timestamp,
  scenes: [],
  fallbackCount: 0,
})
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const fail = (): never => {
  throw new Error('no such damage')
}

function dropAll(db: IDBDatabase): IDBTransaction {
  const tx = db.transaction(['columns'], 'readwrite')
  tx.objectStore('columns').clear()
  return tx
}

interface StoredHeads {
  readonly revisions: Float64Array
  readonly runs: Uint16Array
  readonly visible: Uint16Array
  readonly arrived: Float64Array
}
const first = <T extends Float64Array | Uint16Array>(column: T): T => column.slice(0, 1) as T
const mapValues = (heads: StoredHeads, change: <T extends Float64Array | Uint16Array>(column: T) => T) =>
  Object.fromEntries(Object.entries(heads).map(([name, column]) => [name, change(column)]))

/** Puts another head in the place of the stored one. */
function changeHead(db: IDBDatabase, change: (chunks: StoredHeads) => object): IDBTransaction {
  const tx = db.transaction(['meta'], 'readwrite')
  const request = tx.objectStore('meta').get('columns')
  request.onsuccess = () => {
    const { value } = request.result
    tx.objectStore('meta').put({ ...request.result, value: { ...value, chunks: change(value.chunks) } })
  }
  return tx
}

async function damageWith(factory: IDBFactory, damage: (db: IDBDatabase) => IDBTransaction): Promise<void> {
  // Brings the database to the newest version first.
  ;(await openIdbStorage(factory, NAME)).close()
  const request = factory.open(NAME)
  await new Promise((resolve) => (request.onsuccess = resolve))
  const tx = damage(request.result)
  await new Promise((resolve) => (tx.oncomplete = resolve))
  request.result.close()
}
