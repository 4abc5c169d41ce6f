import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import { matchesFilter } from '../../../services/telemetryFilterService'
import { arbitraryFilter, arbitraryRun, NOW } from '../../helpers/arbitraryRuns'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { naiveMatches } from '../../helpers/naiveFilter'

const RUNS = 2_000
const FILTERS = 2_000

it('the columns, the records and the plainest reading agree about every run, filter by filter', async () => {
  const history = await openRunHistory({ indexedDB: freshIndexedDB(), now: () => NOW })
  const runs = fc.sample(arbitraryRun(), { numRuns: RUNS, seed: 1 })
  await history.saveRuns(runs.map((run, index) => ({ ...run, runId: `${index} ${run.runId}` })))
  // As they are stored: a scene told twice is one, and aggregates are the scenes'.
  const stored = await history.getRuns(await history.runIds())
  expect(stored).toHaveLength(RUNS)
  let found = 0
  for (const filter of fc.sample(arbitraryFilter(), { numRuns: FILTERS, seed: 2 })) {
    const ids = new Set(await history.runIds({ filter }))
    const expected = stored.filter((run) => naiveMatches(run, filter, NOW)).map(({ runId }) => runId)
    expect(ids, JSON.stringify(filter)).toEqual(new Set(expected))
    const byRecord = stored.filter((run) => matchesFilter(run, filter, NOW)).map(({ runId }) => runId)
    expect(byRecord).toEqual(expected)
    found += ids.size
  }
  expect(found / (RUNS * FILTERS)).toBeGreaterThan(0.15)
  expect(found / (RUNS * FILTERS)).toBeLessThan(0.85)
  history.close()
}, 240_000)
