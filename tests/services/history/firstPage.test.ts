import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun, RunHistory } from '../../../types'
import { arbitraryRun } from '../../helpers/arbitraryRuns'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

/** Where the browser denies storage. */
const denied = {
  open: () => {
    throw new DOMException('denied', 'SecurityError')
  },
}

/** Few times, so that many runs share one. */
const someRuns = fc
  .array(fc.tuple(arbitraryRun(), fc.integer({ min: 1, max: 4 })), { maxLength: 12 })
  .map((runs) => runs.map(([run, timestamp], index) => ({ ...run, runId: `${(index * 7) % 12}`, timestamp })))
const limit = fc.oneof(fc.integer({ min: -2, max: 14 }), fc.constantFrom(1.5, NaN, Infinity))

async function saved(runs: readonly HistoricalRun[], deleted: number): Promise<IDBFactory> {
  const indexedDB = freshIndexedDB()
  const history = await openRunHistory({ indexedDB })
  await history.saveRuns(runs)
  if (deleted < runs.length) await history.deleteRuns([runs[deleted]?.runId ?? ''])
  history.close()
  return indexedDB
}

describe('the first page of a history that was just opened', () => {
  it('is the page that its columns tell, whatever is saved and asked', () =>
    fc.assert(
      fc.asyncProperty(someRuns, limit, fc.nat(40), async (runs, limit, deleted) => {
        const history = await openRunHistory({ indexedDB: await saved(runs, deleted) })
        const first = await history.queryRuns({ limit })
        await history.statistics()
        expect(first).toEqual(await history.queryRuns({ limit }))
        const next = await history.queryRuns({ offset: first.runs.length, asOf: first.asOf })
        const all = [...first.runs, ...next.runs].map(({ runId }) => runId)
        if (!(limit > 0)) return history.close()
        expect(all).toEqual((await history.queryRuns()).runs.map(({ runId }) => runId))
        history.close()
      }),
      { numRuns: 60 },
    ))

  it('is so in memory too', async () => {
    const history = await openRunHistory({ indexedDB: denied as unknown as IDBFactory })
    for (const runId of ['b', 'a', 'd', 'c'])
      await history.saveRun({ runId, timestamp: 1, scenes: [], fallbackCount: 0 })
    const first = await history.queryRuns({ limit: 4 })
    await history.statistics()
    expect(first).toEqual(await history.queryRuns({ limit: 4 }))
    history.close()
  })

  it('is not waited for by who no longer wants it', async () => {
    const history: RunHistory = await openRunHistory({ indexedDB: await saved([], 0) })
    const signal = AbortSignal.abort(new Error('gone'))
    await expect(history.queryRuns({ limit: 5, signal })).rejects.toThrow('gone')
    history.close()
  })
})
