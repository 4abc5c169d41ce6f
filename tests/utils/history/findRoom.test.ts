import { afterEach, describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import { findRoom, roomSentence } from '../../../utils/history/findRoom'
import type { HistoricalRun, RunHistory } from '../../../types'
import { buildRun } from '../../helpers/buildRun'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
afterEach(() => opened.splice(0).forEach((history) => history.close()))

async function historyOf(runs: readonly HistoricalRun[]): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  opened.push(history)
  await history.saveRuns(runs)
  return history
}
const hours = (count: number, overrides: Partial<HistoricalRun> = {}): readonly HistoricalRun[] =>
  Array.from({ length: count }, (_, hour) => buildRun(hour, 80_000, overrides))

describe('what deleting the oldest runs would free', () => {
  it('is what the rule it names really deletes', async () => {
    const history = await historyOf(hours(40))
    const { room } = await findRoom(history, 20_000)
    expect(room?.bytes).toBeGreaterThanOrEqual(20_000)
    const { runIds, bytes } = await history.retention({ maxRuns: room?.keep ?? 0, keepTagged: true })
    expect({ runs: runIds.length, bytes }).toEqual({ runs: room?.runs, bytes: room?.bytes })
    expect(runIds.at(-1)).toBe(`run-${room?.keep}`)
    expect(room?.until).toBe(buildRun(room?.keep ?? 0).timestamp)
    expect((await history.storage()).runs).toBe(room?.keep)
  })

  it('is a tenth of the runs where nobody knows how much is needed', async () => {
    const { room } = await findRoom(await historyOf(hours(40)))
    expect(room).toMatchObject({ runs: 4, keep: 36 })
  })

  it('is all that may go, and said to be too little, where that is not enough', async () => {
    const report = await findRoom(await historyOf(hours(40)), 2 ** 30)
    expect(report.room).toMatchObject({ runs: 40, keep: 0 })
    expect(roomSentence(report, 2 ** 30)).toMatch(
      /^About 1\.0.GB more needed\. Deleting the 40 oldest runs, up to .+, frees about 0\.\d.MB, which is not enough\.$/,
    )
  })

  it('leaves runs with a tag and runs that are going on', async () => {
    const tagged = await historyOf(hours(5, { tags: ['night'] }))
    expect((await findRoom(tagged)).room).toBeUndefined()
    const report = { room: undefined, usage: 3 * 2 ** 30, quota: 3 * 2 ** 30 }
    expect(roomSentence(report, undefined).replaceAll('\u202f', ' ')).toBe(
      '3.0 GB of the 3.0 GB that the browser allows are used. ' +
        'No saved run could go for it: those with a tag and those that run stay.',
    )
  })
})
