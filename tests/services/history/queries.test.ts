import { afterEach, describe, expect, it } from 'vitest'
import { openHistory, openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun, RunHistory, TelemetryFilter } from '../../../types'
import { buildRun } from '../../helpers/buildRun'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
const START = Date.UTC(2026, 10, 20)
let now = START
afterEach(() => {
  opened.splice(0).forEach((history) => history.close())
  now = START
})
async function open(runs: readonly HistoricalRun[]): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB: freshIndexedDB(), now: () => now })
  opened.push(history)
  await history.saveRuns(runs)
  return history
}
/** In how many runs each question finds the filter's. */
async function countsOf(history: RunHistory, filter: TelemetryFilter): Promise<readonly number[]> {
  const facets = await history.facets(filter)
  const groups = await history.groups('day', filter)
  const [match] = await history.matches(['run-1'], filter)
  return [
    (await history.queryRuns({ filter })).total,
    (await history.runIds({ filter, sort: { by: 'scenes', direction: 'asc' } })).length,
    (await history.statistics(filter)).runs,
    (await history.trend('duration', filter)).points.length,
    facets.source.reduce((sum, { count }) => sum + count, 0),
    groups.reduce((sum, { runs }) => sum + runs, 0),
    match?.scenes.length === 0 ? 0 : 1,
  ]
}

describe('a pattern that cannot be run', () => {
  const patterns: readonly TelemetryFilter[] = [
    { errorPattern: '(?=x)' },
    { expression: { not: { field: 'error', op: 'regex', value: '(a)\\1' } } },
    { errorPattern: '((a{100}){100}){100}' },
  ]
  it.each(patterns)('is refused with a sentence by every question: %j', async (filter) => {
    const history = await open([buildRun(1)])
    const refusal = { code: 'invalid', message: expect.stringMatching(/^The pattern .+ cannot be run/) }
    const questions = [
      history.queryRuns({ filter }),
      history.queryRuns({ filter, limit: 5 }),
      history.runIds({ filter }),
      history.statistics(filter),
      history.trend('duration', filter),
      history.groups('day', filter),
      history.facets(filter),
      history.matches(['run-1'], filter),
      history.chart({ kind: 'duration', filter }),
    ]
    for (const question of questions) await expect(question).rejects.toMatchObject(refusal)
  })
})

describe('a filter that nothing can meet', () => {
  it('leaves no facets either', async () => {
    const history = await open([buildRun(1, 80_000, { tags: ['night'] })])
    const facets = await history.facets({ expression: { field: 'duration', op: 'is', value: 'soon' } })
    expect(Object.values(facets).flat()).toEqual([])
  })
})

describe('a date relative to now', () => {
  it('is of one moment for every question, a minute old at most', async () => {
    const history = await open([{ ...buildRun(1), timestamp: now - 30_000 }])
    const filter = { dateRange: { from: { ago: 60_000 } } }
    expect(new Set(await countsOf(history, filter))).toEqual(new Set([1]))
    now += 45_000
    expect(new Set(await countsOf(history, filter)).size).toBe(1)
    now += 15_000
    expect(new Set(await countsOf(history, filter))).toEqual(new Set([0]))
  })

  it('is of a new moment when something was saved', async () => {
    const history = await open([{ ...buildRun(1), timestamp: now - 30_000 }])
    const filter = { dateRange: { from: { ago: 60_000 } } }
    expect((await history.queryRuns({ filter })).total).toBe(1)
    now += 45_000
    await history.saveRun({ ...buildRun(2), timestamp: now })
    expect(await history.runIds({ filter })).toEqual(['run-2'])
  })
})

describe('an answer', () => {
  it('can be changed by nobody who shares it', async () => {
    const history = await open([buildRun(1), buildRun(2)])
    const change = async (answer: Promise<object>): Promise<void> => {
      const shared = await answer
      expect(() => Object.assign(shared, { runs: 99, status: [] })).toThrow(TypeError)
    }
    await change(history.statistics())
    await change(history.facets())
    await change(history.trend('duration'))
    await change(history.chart({ kind: 'duration' }))
    expect((await history.statistics()).runs).toBe(2)
    expect((await history.facets()).status).toHaveLength(1)
  })
})

describe('the time that a scene is expected to take', () => {
  it('is of runs that are there', async () => {
    const { history, expectedTime } = await openHistory({ indexedDB: freshIndexedDB(), now: () => now })
    opened.push(history)
    await history.saveRuns([buildRun(1)])
    const { environment = {} } = buildRun(1).scenes[0] ?? {}
    expect(await expectedTime(environment, false)).toMatchObject({ n: 3 })
    const { token } = await history.deleteRuns(['run-1'])
    expect(await expectedTime(environment, false)).toBeUndefined()
    await history.restore(token)
    expect(await expectedTime(environment, false)).toMatchObject({ n: 3 })
    await history.retention({ maxRuns: 0, keepTagged: false })
    expect(await expectedTime(environment, false)).toBeUndefined()
  })
})
