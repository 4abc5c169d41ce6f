import { afterEach, describe, expect, it, vi } from 'vitest'
import { openIdbStorage } from '../../../services/history/idbStorage'
import { openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalRun, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const DAY = 86_400_000
const RUNS = [...generateRuns(600, 4)]
const runAt = (index: number): HistoricalRun => {
  const run = RUNS[index]
  if (!run) throw new Error(`There is no run ${index}.`)
  return run
}

let at = Date.UTC(2027, 0, 1)
const opened: RunHistory[] = []
afterEach(() => {
  vi.unstubAllGlobals()
  opened.splice(0).forEach((history) => history.close())
})

async function open(indexedDB: IDBFactory): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB, now: () => at })
  opened.push(history)
  return history
}

describe('the purge of runs whose deletion can be undone no more', () => {
  it('spares one that was brought back since it looked', async () => {
    const history = await open(freshIndexedDB())
    await history.saveRuns(RUNS.slice(0, 5))
    await history.statistics()
    await history.deleteRuns([runAt(0).runId, runAt(1).runId])
    at += 8 * DAY
    const importing = history.saveRuns([...RUNS.slice(5, 600), runAt(0)])
    await history.statistics()
    expect((await importing).added).toBe(596)
    at += 8 * DAY
    await history.statistics()
    expect((await history.getRun(runAt(0).runId))?.runId).toBe(runAt(0).runId)
  })
})

describe('retention', () => {
  it('spares a run that was tagged while it looked how much room there is', async () => {
    const factory = freshIndexedDB()
    const [one, other] = [await open(factory), await open(factory)]
    await one.saveRuns(RUNS.slice(0, 5))
    await one.statistics()
    const { runIds: counted } = await one.retention({ maxRuns: 1, keepTagged: true }, { dryRun: true })
    expect(counted).toHaveLength(4)
    expect(counted[0]).toBe(runAt(0).runId)
    let tell: (estimate: StorageEstimate) => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      const estimate = (): Promise<StorageEstimate> => {
        resolve()
        return new Promise((answer) => (tell = answer))
      }
      vi.stubGlobal('navigator', { storage: { estimate } })
    })
    const taking = one.retention({ maxRuns: 1, keepTagged: true })
    await asked
    await other.annotate(runAt(0).runId, { tags: ['keep'] })
    tell({ usage: 1_000, quota: 2_000 })
    const taken = await taking
    expect((await other.getRun(runAt(0).runId))?.tags).toEqual(['keep'])
    expect(taken.runIds).toEqual(counted.slice(1))
    expect(await other.getRuns(counted)).toHaveLength(1)
    expect(taken.bytes).toBeGreaterThan(0)
    expect(taken.bytes).toBeLessThan(800)
  })

  it('takes none but those that were counted, and tells which of them it took', async () => {
    const history = await open(freshIndexedDB())
    await history.saveRuns(RUNS.slice(0, 5))
    const rules = { maxRuns: 3, keepTagged: true }
    const counted = await history.retention(rules, { dryRun: true })
    expect(counted.runIds).toEqual([runAt(0).runId, runAt(1).runId])
    await history.saveRuns(RUNS.slice(5, 8))
    await history.annotate(runAt(1).runId, { tags: ['keep'] })
    const taken = await history.retention(rules, { among: counted.runIds })
    expect(taken.runIds).toEqual([runAt(0).runId])
    expect(taken.bytes).toBeGreaterThan(0)
    expect((await history.storage()).runs).toBe(7)
  })
})

describe('a head that makes room where there is none', () => {
  it('hangs no question', async () => {
    const factory = freshIndexedDB()
    const before = await open(factory)
    await before.saveRuns(RUNS.slice(0, 512))
    before.close()
    const storage = await openIdbStorage(factory, 'gemdirect1-telemetry')
    await storage.write(['meta'], async (tx) => {
      const row = await tx.get('meta', 'columns')
      const value = row?.value as { chunks: object }
      const full = Uint16Array.of(500)
      tx.put('meta', {
        key: 'columns',
        value: { ...value, chunks: { ...value.chunks, runs: full, visible: full } },
      })
    })
    storage.close()
    await (await open(factory)).saveRun(runAt(512))
    expect((await (await open(factory)).statistics()).runs).toBe(513)
  })
})
