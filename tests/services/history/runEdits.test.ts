import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { IDBObjectStore } from 'fake-indexeddb'
import { openHistory, openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { GpuTrace, HistoricalRun, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const DAY = 86_400_000
const opened: RunHistory[] = []
let now = Date.UTC(2026, 5, 1)
afterEach(() => {
  vi.restoreAllMocks()
  opened.splice(0).forEach((history) => history.close())
  now = Date.UTC(2026, 5, 1)
})
async function open(indexedDB: IDBFactory = freshIndexedDB()): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB, now: () => now })
  opened.push(history)
  return history
}
const EMPTY: HistoricalRun = { runId: 'run', timestamp: 1, scenes: [], fallbackCount: 0 }
const TAGS = ['a', 'b', 'c', 'd']
const someTags = fc.shuffledSubarray(TAGS)
const runsOf = (count: number): readonly HistoricalRun[] => [...generateRuns(count, 11)]
const idsOf = (runs: readonly HistoricalRun[]): readonly string[] => runs.map(({ runId }) => runId)
const attemptsOf = (runs: readonly HistoricalRun[]) =>
  runs.flatMap(({ scenes }) =>
    scenes.flatMap(({ source, promptId }) => (source && promptId ? [{ source, promptId }] : [])),
  )
const traceOf = (attempt: { readonly source: string; readonly promptId: string }): GpuTrace => ({
  ...attempt,
  points: [{ at: 1, gpus: [{ index: 0, power: 300 }] }],
  gaps: [],
})

describe('deleting', () => {
  it('ten thousand runs hides them at once, and taking it back restores them equal, traces included', async () => {
    const history = await open()
    const runs = runsOf(10_000).map((run) => ({ ...run, scenes: run.scenes.slice(0, 1) }))
    await history.saveRuns(runs)
    const traces = attemptsOf(runs.slice(0, 500)).map(traceOf)
    await history.saveTraces(traces)
    const before = await history.getRuns(idsOf(runs))
    const figures = await history.statistics()
    const { token, count } = await history.deleteRuns(idsOf(runs))
    expect(count).toBe(10_000)
    expect(await history.queryRuns({ limit: 50 })).toMatchObject({ runs: [], total: 0 })
    expect(await history.getRun(runs[0]?.runId ?? '')).toBeUndefined()
    expect((await history.storage()).runs).toBe(0)
    expect((await history.statistics()).runs).toBe(0)
    expect(await history.restore(token)).toBe(10_000)
    expect(await history.getRuns(idsOf(runs))).toEqual(before)
    expect(await history.traces(attemptsOf(runs.slice(0, 500)))).toEqual(traces)
    expect(await history.statistics()).toEqual(figures)
    expect(await history.restore(token)).toBe(0)
  }, 120_000)

  it('stays deleted when the same is told again, and comes back by a later edit', async () => {
    const history = await open()
    const [run] = runsOf(1)
    if (!run) throw new Error('there is a run')
    await history.saveRun(run)
    await history.deleteRuns([run.runId])
    await history.saveRun(run)
    await history.saveRun({ ...run, notes: 'older', editedAt: now - 1 })
    expect(await history.getRun(run.runId)).toBeUndefined()
    await history.saveRun({ ...run, notes: 'newer', editedAt: now + 1 })
    expect(await history.getRun(run.runId)).toMatchObject({ notes: 'newer' })
    expect((await history.queryRuns()).total).toBe(1)
  })

  it('is taken back by an import of the same runs', async () => {
    const history = await open()
    const runs = runsOf(3)
    await history.saveRuns(runs)
    await history.deleteRuns(idsOf(runs))
    expect(await history.saveRuns(runs)).toMatchObject({ added: 3, same: 0 })
    expect(await history.getRuns(idsOf(runs))).toEqual(runs)
  })

  it('is for good after seven days, and until then only those of its own deletion come back', async () => {
    const factory = freshIndexedDB()
    const history = await open(factory)
    const runs = runsOf(4)
    await history.saveRuns(runs)
    await history.saveTraces(attemptsOf(runs).map(traceOf))
    const first = await history.deleteRuns(idsOf(runs.slice(0, 2)))
    now += 5 * DAY
    const second = await history.deleteRuns(idsOf(runs.slice(2)))
    now += 3 * DAY
    const later = await open(factory)
    await later.statistics()
    await vi.waitFor(async () => expect(await later.restore(first.token)).toBe(0))
    expect(await later.traces(attemptsOf(runs.slice(0, 2)))).toEqual([])
    expect(await later.restore(second.token)).toBe(2)
    expect(await later.traces(attemptsOf(runs.slice(2)))).toHaveLength(8)
  })
})

describe('tags', () => {
  it('are given to many runs and taken back exactly', async () => {
    const history = await open()
    const runs = runsOf(20).map((run, index) => ({ ...run, tags: index % 2 ? ['old'] : [] }))
    await history.saveRuns(runs)
    const { token, count } = await history.tagRuns(idsOf(runs), { add: ['night', 'old'], remove: ['gone'] })
    expect(count).toBe(20)
    expect(await history.tags()).toEqual([
      { tag: 'night', count: 20 },
      { tag: 'old', count: 20 },
    ])
    expect(await history.restore(token)).toBe(20)
    expect(await history.tags()).toEqual([{ tag: 'old', count: 10 }])
  })

  it('renamed to one that exists become one with it', async () => {
    const history = await open()
    const runs = runsOf(3).map((run, index) => ({ ...run, tags: [['a', 'b'], ['a'], ['b']][index] ?? [] }))
    await history.saveRuns(runs)
    const { token, count } = await history.renameTag('a', 'b')
    expect(count).toBe(2)
    expect(await history.tags()).toEqual([{ tag: 'b', count: 3 }])
    await history.restore(token)
    expect(await history.tags()).toEqual([
      { tag: 'a', count: 2 },
      { tag: 'b', count: 2 },
    ])
  })

  it('taken back leave alone what was changed since, whatever that was', () =>
    fc.assert(
      fc.asyncProperty(someTags, someTags, someTags, someTags, async (first, add, remove, since) => {
        const history = await open()
        const run = { ...EMPTY, tags: first }
        await history.saveRun(run)
        const before = (await history.getRun('run'))?.tags ?? []
        const { token } = await history.tagRuns(['run'], { add, remove })
        const after = (await history.getRun('run'))?.tags ?? []
        if (since.length > 0) await history.annotate('run', { tags: since })
        const now = since.length > 0 ? since : after
        await history.restore(token)
        const tags = (await history.getRun('run'))?.tags ?? []
        const did = (tag: string): boolean => before.includes(tag) !== after.includes(tag)
        for (const tag of TAGS) expect(tags.includes(tag)).toBe((did(tag) ? before : now).includes(tag))
        if (since.length === 0) expect(tags).toEqual(before)
        history.close()
      }),
      { numRuns: 40 },
    ))

  it.each(['tagging', 'renaming'])(
    'taken back after %s do not bring back a run that was deleted since',
    async (how) => {
      const history = await open()
      await history.saveRun({ ...EMPTY, tags: ['a'] })
      const change =
        how === 'tagging' ? history.tagRuns(['run'], { add: ['x'] }) : history.renameTag('a', 'b')
      const { token } = await change
      now += 1_000
      const deletion = await history.deleteRuns(['run'])
      now += 1_000
      expect(await history.restore(token)).toBe(0)
      expect(await history.getRun('run')).toBeUndefined()
      expect((await history.queryRuns()).total).toBe(0)
      expect(await history.restore(deletion.token)).toBe(1)
    },
  )

  it('can be taken back for seven days, and are forgotten then', async () => {
    const { history, storage } = await openHistory({ indexedDB: freshIndexedDB(), now: () => now })
    opened.push(history)
    const undos = async () =>
      (await storage.read(['meta'], (tx) => tx.getAll('meta'))).filter(({ key }) => key.startsWith('undo:'))
    await history.saveRun(EMPTY)
    const old = await history.tagRuns(['run'], { add: ['old'] })
    now += 6 * DAY
    const young = await history.tagRuns(['run'], { add: ['young'] })
    now += 2 * DAY
    expect(await history.restore(old.token)).toBe(0)
    expect((await history.getRun('run'))?.tags).toEqual(['old', 'young'])
    await history.statistics()
    await vi.waitFor(async () => expect(await undos()).toHaveLength(1))
    expect(await history.restore(young.token)).toBe(1)
    expect((await history.getRun('run'))?.tags).toEqual(['old'])
  })

  it('of a run that has more than one may have can be removed and renamed, and more are refused by its name', async () => {
    const history = await open()
    const many = Array.from({ length: 60 }, (_, index) => `tag ${index}`)
    await history.saveRuns([
      { ...EMPTY, runId: 'full', runName: 'Night', tags: many },
      { ...EMPTY, runId: 'other', tags: ['tag 1'] },
    ])
    expect(await history.tagRuns(['full', 'other'], { remove: ['tag 1'] })).toMatchObject({ count: 2 })
    expect(await history.renameTag('tag 2', 'tag 3')).toMatchObject({ count: 1 })
    expect((await history.getRun('full'))?.tags).toHaveLength(58)
    const { count, refused } = await history.tagRuns(['full', 'other'], { add: ['more'] })
    expect(count).toBe(1)
    expect(refused).toEqual([expect.stringMatching(/“Night” would have 59 tags; a run may have 50/)])
    expect((await history.getRun('other'))?.tags).toEqual(['more'])
    await expect(history.tagRuns(['full'], { add: ['more'] })).rejects.toThrow(/“Night” would have 59 tags/)
  })

  it('that are too long or too many are refused with a sentence', async () => {
    const history = await open()
    const [run] = runsOf(1)
    await history.saveRuns(run ? [run] : [])
    const ids = run ? [run.runId] : []
    await expect(history.tagRuns(ids, { add: ['x'.repeat(81)] })).rejects.toThrow(/80 characters/)
    await expect(
      history.tagRuns(ids, { add: Array.from({ length: 51 }, (_, index) => `tag ${index}`) }),
    ).rejects.toThrow(/50 tags/)
  })
})

describe('annotating', () => {
  it('wins over what was edited before, field by field, and is kept when the run is told again', async () => {
    const history = await open()
    const [run] = runsOf(1)
    if (!run) throw new Error('there is a run')
    await history.saveRun({ ...run, notes: 'first', editedAt: now - DAY })
    await history.annotate(run.runId, { runName: ' Night ' })
    await history.saveRun({ ...run, runName: 'older', notes: 'second', editedAt: now - 1 })
    expect(await history.getRun(run.runId)).toMatchObject({ runName: 'Night', notes: 'second' })
  })

  it('a run that is not there says so', async () => {
    const history = await open()
    await expect(history.annotate('nobody', { notes: 'x' })).rejects.toThrow(/no such run/)
  })
})

describe('retention', () => {
  it('takes the oldest first, keeps tagged and running ones, and says beforehand what it would take', async () => {
    const history = await open()
    const runs = runsOf(10).map((run, index) => ({
      ...run,
      timestamp: now - (10 - index) * DAY,
      tags: index === 0 ? ['keep'] : [],
      ...(index === 1 ? { status: 'running' as const } : {}),
    }))
    await history.saveRuns(runs)
    const byAge = await history.retention({ maxAgeDays: 5.5, keepTagged: true }, { dryRun: true })
    expect(byAge.runIds).toEqual(idsOf(runs.slice(2, 5)))
    expect(byAge.bytes).toBeGreaterThan(0)
    const byCount = await history.retention({ maxRuns: 6, keepTagged: false }, { dryRun: true })
    expect(byCount.runIds).toEqual([runs[0], ...runs.slice(2, 5)].map((run) => run?.runId))
    expect((await history.queryRuns()).total).toBe(10)
    await history.retention({ maxRuns: 6, keepTagged: true })
    expect(await history.runIds({ sort: { by: 'timestamp', direction: 'asc' } })).toEqual(
      idsOf([...runs.slice(0, 2), ...runs.slice(6)]),
    )
    expect(await history.getRun(runs[2]?.runId ?? '')).toBeUndefined()
  })

  it('frees no more than the browser says is used', async () => {
    const history = await open()
    await history.saveRuns(runsOf(40))
    const rules = { maxBytes: 0, keepTagged: false }
    const written = (await history.retention(rules, { dryRun: true })).bytes
    const used = Math.round(written / 3)
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ usage: used }) } })
    const all = await history.retention(rules, { dryRun: true })
    expect(all.bytes).toBeCloseTo(used)
    const fits = await history.retention({ maxBytes: used, keepTagged: false }, { dryRun: true })
    expect(fits.runIds).toEqual([])
  })

  it('by bytes takes as few as make enough room', async () => {
    const history = await open()
    await history.saveRuns(runsOf(40))
    const all = await history.retention({ maxBytes: 0, keepTagged: false }, { dryRun: true })
    const half = await history.retention({ maxBytes: all.bytes / 2, keepTagged: false }, { dryRun: true })
    expect(all.runIds).toHaveLength(40)
    expect(half.runIds.length).toBeGreaterThan(15)
    expect(half.runIds.length).toBeLessThan(25)
    expect(all.bytes - half.bytes).toBeLessThanOrEqual(all.bytes / 2)
  })
})

describe('two tabs', () => {
  it('that save, edit and import at once leave one run of each, scenes complete', async () => {
    const factory = freshIndexedDB()
    const [here, there] = [await open(factory), await open(factory)]
    const runs = runsOf(300)
    const halves = (from: number) => runs.map((run) => ({ ...run, scenes: run.scenes.slice(from, from + 2) }))
    await Promise.all([
      here.saveRuns(halves(0)),
      there.saveRuns(halves(2)),
      here.saveRuns(runs),
      ...runs
        .slice(0, 20)
        .flatMap((run) => [
          there.saveRun(run),
          ...run.scenes.map((scene) => here.saveScene(run.runId, scene)),
        ]),
    ])
    for (const history of [here, there]) {
      expect(await history.getRuns(idsOf(runs))).toEqual(runs)
      expect((await history.queryRuns()).total).toBe(300)
      expect(await history.statistics()).toMatchObject({ runs: 300, scenes: 1_200 })
    }
    const fresh = await open(factory)
    expect(await fresh.statistics()).toEqual(await here.statistics())
  })
})

describe('a transaction that breaks off', () => {
  const edits: Readonly<
    Record<string, (history: RunHistory, runs: readonly HistoricalRun[]) => Promise<unknown>>
  > = {
    deleting: (history, runs) => history.deleteRuns(idsOf(runs)),
    tagging: (history, runs) => history.tagRuns(idsOf(runs), { add: ['half'] }),
    annotating: (history, runs) => history.annotate(runs[0]?.runId ?? '', { notes: 'half' }),
    importing: (history, runs) => history.saveRuns(runs.map((run) => ({ ...run, runId: `${run.runId}'` }))),
  }
  it.each(Object.entries(edits))('%s leaves nothing half done, at whichever put', async (_, edit) => {
    const runs = runsOf(3)
    const { history } = await openHistory({ indexedDB: freshIndexedDB(), now: () => now })
    opened.push(history)
    await history.saveRuns(runs)
    const state = async () => ({
      runs: await history.getRuns(idsOf(runs)),
      page: await history.queryRuns(),
      tags: await history.tags(),
      revision: history.getSnapshot().revision,
    })
    const before = await state()
    let isThrough = false
    for (let nth = 1; !isThrough; nth++) {
      const tried = failPut(nth)
      isThrough = await edit(history, runs).then(
        () => true,
        () => false,
      )
      vi.restoreAllMocks()
      if (!isThrough) expect(await state()).toEqual(before)
      else expect(tried()).toBe(nth - 1)
    }
    expect(await state()).not.toEqual(before)
  })
})

/** The n-th put from now on finds no room. */
function failPut(n: number): () => number {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value
  let count = 0
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    count += 1
    if (count === n) throw new DOMException('full', 'QuotaExceededError')
    return Reflect.apply(put, this, args)
  })
  return () => count
}
