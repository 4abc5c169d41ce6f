import { afterEach, describe, expect, it, vi } from 'vitest'
import { openHistory, openRunHistory } from '../../../services/runHistoryService'
import { generateRuns } from '../../../services/seed/generateRuns'
import type { HistoricalRun, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 14)
let now = START
const opened: RunHistory[] = []
afterEach(() => {
  opened.splice(0).forEach((history) => history.close())
  now = START
})
async function open(indexedDB: IDBFactory = freshIndexedDB()): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB, now: () => now })
  opened.push(history)
  return history
}
const RUNS: readonly HistoricalRun[] = [...generateRuns(60, 5)].map((run, index) => ({
  ...run,
  runName: `Night ${index}`,
}))
const idsOf = (from: number, to: number): readonly string[] => RUNS.slice(from, to).map(({ runId }) => runId)
const runsIn = async (history: RunHistory) => (await history.deletions()).newest.map(({ runs }) => runs)

describe('deletions that can be taken back', () => {
  it('are told newest first: when, how many runs, the name of the newest, until when', async () => {
    const history = await open()
    await history.saveRuns(RUNS)
    const first = await history.deleteRuns(idsOf(0, 12))
    now += DAY
    const second = await history.deleteRuns(idsOf(20, 21))
    expect(await history.deletions()).toEqual({
      newest: [
        { token: second.token, deletedAt: now, until: now + 7 * DAY, runs: 1, firstName: 'Night 20' },
        { token: first.token, deletedAt: START, until: START + 7 * DAY, runs: 12, firstName: 'Night 11' },
      ],
      older: 0,
    })
  })

  it('have no name where no run of them has one', async () => {
    const history = await open()
    const [unnamed] = generateRuns(1, 6)
    if (!unnamed) throw new Error('there is a run')
    const { runName: _, ...run } = unnamed
    await history.saveRun(run)
    await history.deleteRuns([run.runId])
    expect((await history.deletions()).newest[0]).not.toHaveProperty('firstName')
  })

  it('are one, of however many writes, and come back a part at a time', async () => {
    const history = await open()
    await history.saveRuns(RUNS)
    const { token } = await history.deleteRuns(idsOf(0, 20))
    now += 1_000
    expect(await history.deleteRuns(idsOf(20, 30), { token })).toEqual({ token, count: 10 })
    expect((await history.deletions()).newest).toMatchObject([{ token, deletedAt: START, runs: 30 }])
    expect(await history.restore(token, { limit: 25 })).toBe(25)
    expect(await runsIn(history)).toEqual([5])
    expect(await history.restore(token, { limit: 25 })).toBe(5)
    expect(await history.restore(token, { limit: 25 })).toBe(0)
    expect(await history.getRuns(idsOf(0, 30))).toEqual(RUNS.slice(0, 30))
  })

  it('leave the list in every tab, whatever brings the runs back', async () => {
    const factory = freshIndexedDB()
    const [here, there] = [await open(factory), await open(factory)]
    await here.saveRuns(RUNS)
    const tokens = [
      await here.deleteRuns(idsOf(0, 2)),
      await here.deleteRuns(idsOf(2, 4)),
      await here.deleteRuns(idsOf(4, 6)),
    ].map(({ token }) => token)
    expect(await runsIn(there)).toEqual([2, 2, 2])
    await there.restore(tokens[0] ?? '')
    await here.saveRuns(RUNS.slice(2, 4))
    const [edited] = RUNS.slice(4)
    if (edited) await there.saveRun({ ...edited, notes: 'wanted', editedAt: now + 1 })
    for (const tab of [here, there]) expect(await runsIn(tab)).toEqual([1])
    await here.deleteEverything()
    expect(await there.deletions()).toEqual({ newest: [], older: 0 })
  })

  it('are known to be none without reading the columns, and found by a page that has read none', async () => {
    const factory = freshIndexedDB()
    const saving = await open(factory)
    await saving.saveRuns(RUNS)
    const fresh = async () => {
      const { history, storage } = await openHistory({ indexedDB: factory, now: () => now })
      opened.push(history)
      const read = vi.spyOn(storage, 'read')
      const told = await history.deletions()
      return { told, hasRead: read.mock.calls.some(([stores]) => stores.includes('columns')) }
    }
    expect(await fresh()).toEqual({ told: { newest: [], older: 0 }, hasRead: false })
    await saving.deleteRuns(idsOf(0, 2))
    expect(await fresh()).toMatchObject({ told: { newest: [{ runs: 2 }] }, hasRead: true })
  })

  it('are the newest twenty and the number of the others', async () => {
    const history = await open()
    await history.saveRuns(RUNS)
    for (let index = 0; index < 25; index++) {
      now += 1
      await history.deleteRuns(idsOf(index, index + 1))
    }
    const { newest, older } = await history.deletions()
    expect(newest.map(({ firstName }) => firstName)).toEqual(
      Array.from({ length: 20 }, (_, index) => `Night ${24 - index}`),
    )
    expect(older).toBe(5)
  })

  it('are gone from the list when they can be taken back no more, and not before', async () => {
    const history = await open()
    await history.saveRuns(RUNS)
    const { token } = await history.deleteRuns(idsOf(0, 3))
    now += 7 * DAY
    expect(await runsIn(history)).toEqual([3])
    now += 1
    expect(await history.deletions()).toEqual({ newest: [], older: 0 })
    expect(await history.restore(token)).toBe(0)
  })

  it('are as old as they are though a run was edited by a clock that runs ahead, and that edit brings nothing back', async () => {
    const history = await open()
    const [run] = RUNS
    if (!run) throw new Error('there is a run')
    const ahead = { ...run, notes: 'ahead', editedAt: now + 365 * DAY }
    await history.saveRun(ahead)
    const { token } = await history.deleteRuns([run.runId])
    await history.saveRun(ahead)
    expect((await history.deletions()).newest).toMatchObject([{ deletedAt: now, until: now + 7 * DAY }])
    now += 8 * DAY
    expect(await history.restore(token)).toBe(0)
    expect(await history.getRun(run.runId)).toBeUndefined()
  })
})
