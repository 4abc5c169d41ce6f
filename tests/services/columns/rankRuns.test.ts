import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import { parseQuery } from '../../../services/telemetryFilterService'
import type { HistoricalRun, RunHistory } from '../../../types'
import { arbitraryFilter, arbitraryRun, NOW } from '../../helpers/arbitraryRuns'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
afterEach(() => opened.splice(0).forEach((history) => history.close()))

async function historyOf(runs: readonly HistoricalRun[]): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB: freshIndexedDB(), now: () => NOW })
  opened.push(history)
  await history.saveRuns(runs)
  return history
}

/** A run an hour older than the one before it. */
const runs = (...said: readonly Partial<HistoricalRun>[]): readonly HistoricalRun[] =>
  said.map((each, index) => ({
    runId: `r${index}`,
    timestamp: NOW - index * 3_600_000,
    scenes: [],
    fallbackCount: 0,
    ...each,
  }))
const failed = (message: string): Partial<HistoricalRun> => ({
  scenes: [{ sceneId: 's', attempts: 1, status: 'failed', error: { type: 'E', message } }],
})

const RANKED = { by: 'relevance', direction: 'desc' } as const
async function ranked(query: string, ...said: readonly Partial<HistoricalRun>[]): Promise<readonly string[]> {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return (await historyOf(runs(...said))).runIds({ filter: parsed.value, sort: RANKED })
}

describe('what was searched for', () => {
  it('stands before what only contains it, wherever it stands', async () => {
    expect(await ranked('light', { runName: 'lighthouse' }, { notes: 'softer light, no grain' })).toEqual([
      'r1',
      'r0',
    ])
  })

  it.each([
    ['a name', { runName: 'the harbour' }],
    ['a tag', { tags: ['draft', 'harbour'] }],
  ])('stands first in %s, then in an id, then in a note or an error', async (_, best) => {
    const others = [{ notes: 'at the harbour' }, failed('no harbour'), { storyId: 'harbour-2' }]
    expect(await ranked('harbour', ...others, best)).toEqual(['r3', 'r2', 'r0', 'r1'])
  })

  it('counts as an id where a run or a scene is called so', async () => {
    const scene = { sceneId: 'Harbour_3', attempts: 1, status: 'success' } as const
    const found = await ranked('harbour', { notes: 'harbour' }, { runId: 'harbour/1' }, { scenes: [scene] })
    expect(found).toEqual(['harbour/1', 'r2', 'r0'])
  })

  it('has more of the words first, however well the others have one', async () => {
    const both = { notes: 'bridges and harbours' }
    expect(await ranked('harbour OR bridge', { runName: 'harbour', tags: ['harbour'] }, both)).toEqual([
      'r1',
      'r0',
    ])
  })

  it('is compared folded, and a word of another script is one, too', async () => {
    expect(await ranked('ete', { notes: 'l’éternité' }, { notes: 'un ÉTÉ' })).toEqual(['r1', 'r0'])
    expect(await ranked('мир', { notes: 'мирный' }, { notes: 'мир!' })).toEqual(['r1', 'r0'])
  })

  it('has the newest first among equals, then the lesser id, and is turned round but for that', async () => {
    const at = { timestamp: NOW }
    const said = [{ ...at, runId: 'b' }, { ...at, runId: 'a' }, { timestamp: NOW + 1 }, { runName: 'night' }]
    const noted = said.map((each) => ({ notes: 'night', ...each }))
    expect(await ranked('night', ...noted)).toEqual(['r3', 'r2', 'a', 'b'])
    const history = await historyOf(runs(...noted))
    const worst = await history.runIds({ filter: { text: 'night' }, sort: { ...RANKED, direction: 'asc' } })
    expect(worst).toEqual(['r2', 'a', 'b', 'r3'])
  })

  it('is ranked by no word that is excluded, and without words the newest are first', async () => {
    const said = [{ notes: 'x' }, { runName: 'night', notes: 'x' }]
    expect(await ranked('-day x', ...said)).toEqual(['r0', 'r1'])
    expect(await ranked('-day', ...said)).toEqual(['r0', 'r1'])
  })

  it('is ranked by where a pattern or a wildcard finds it', async () => {
    const said = [{ notes: 'night run' }, { runName: 'night run' }]
    expect(await ranked('night*run', ...said)).toEqual(['r1', 'r0'])
    expect(await ranked('text:/nigh[t]/', ...said)).toEqual(['r1', 'r0'])
  })
})

it('ranks whatever the filter finds: each of its runs once and no other, page by page as a whole', async () => {
  const many = fc.sample(arbitraryRun(), { numRuns: 700, seed: 4 })
  const history = await historyOf(many.map((run, index) => ({ ...run, runId: `${index} ${run.runId}` })))
  const filters = fc.sample(arbitraryFilter(), { numRuns: 150, seed: 5 })
  let found = 0
  for (const filter of [...filters, { text: 'night' }, { text: 'r' }, { text: 'RTX' }]) {
    const newest = await history.runIds({ filter })
    const best = await history.runIds({ filter, sort: RANKED })
    expect([...best].sort(), JSON.stringify(filter)).toEqual([...newest].sort())
    const page = await history.queryRuns({ filter, sort: RANKED, offset: 3, limit: 5 })
    expect(page.runs.map(({ runId }) => runId)).toEqual(best.slice(3, 8))
    found += best.length
  }
  expect(found).toBeGreaterThan(5_000)
}, 60_000)
