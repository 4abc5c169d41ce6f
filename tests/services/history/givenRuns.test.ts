import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { exportHistory, importRuns } from '../../../services/exportService'
import { openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun, RunHistory } from '../../../types'
import { arbitraryRun } from '../../helpers/arbitraryRuns'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
afterEach(() => opened.splice(0).forEach((history) => history.close()))
async function open(): Promise<RunHistory> {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  opened.push(history)
  return history
}
const RUN: HistoricalRun = { runId: 'run', timestamp: 1, scenes: [], fallbackCount: 0 }
const scene = (members: object) => ({
  scenes: [{ sceneId: 's', attempts: 1, status: 'success', ...members }],
})
/** What a caller without types may give. */
const given = (members: object): HistoricalRun => Object.assign({}, RUN, members)

const NO_RUNS: Readonly<Record<string, { readonly members: object; readonly says: RegExp }>> = {
  'no id': { members: { runId: '' }, says: /runId/ },
  'an id of 300 characters': { members: { runId: 'x'.repeat(300) }, says: /runId/ },
  'no number for a time': { members: { timestamp: NaN }, says: /timestamp/ },
  'a time before there were clocks': { members: { timestamp: -5 }, says: /timestamp/ },
  'a time of another age': { members: { timestamp: 5e12 }, says: /timestamp/ },
  'a scene that is none': { members: { scenes: [null] }, says: /scenes\.0/ },
  'a text for its scenes': { members: { scenes: 'abc' }, says: /scenes/ },
  'a scene without an id': { members: { scenes: [{}] }, says: /scenes\.0\.sceneId/ },
  'a status that nobody knows': { members: scene({ status: 'weird' }), says: /scenes\.0\.status/ },
  'a duration that is no number': { members: scene({ duration: NaN }), says: /scenes\.0\.duration/ },
  'a duration without end': { members: scene({ duration: Infinity }), says: /scenes\.0\.duration/ },
  'a text for its tags': { members: { tags: 'abc' }, says: /tags/ },
  'a text for its policy': { members: { policy: 'abc' }, says: /policy/ },
  'notes of 150,000 characters': { members: { notes: 'n'.repeat(150_000) }, says: /notes/ },
}

describe('a run that is none', () => {
  it.each(Object.entries(NO_RUNS))(
    'for it has %s, is refused by a sentence that says where',
    async (_, { members, says }) => {
      const history = await open()
      await expect(history.saveRun(given(members))).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(/^This is no run that can be saved\. At /),
      })
      await expect(history.saveRun(given(members))).rejects.toThrow(says)
      expect((await history.queryRuns()).total).toBe(0)
    },
  )

  it('among others is named, and they are saved', async () => {
    const history = await open()
    const runs = [RUN, given({ runId: 'none', scenes: [null] }), { ...RUN, runId: 'other' }]
    const report = await history.saveRuns(runs)
    expect(report).toMatchObject({
      added: 2,
      invalid: [{ line: 2, reason: expect.stringMatching(/scenes\.0/) }],
    })
    expect(report.invalid).toHaveLength(1)
  })
})

describe('a run that is one', () => {
  it('may say that something is undefined, and more than a run has', async () => {
    const history = await open()
    await history.saveRun(
      given({ notes: undefined, onDone: () => 1, ...scene({ error: undefined, mine: 1 }) }),
    )
    expect(await history.getRun('run')).toEqual({
      ...RUN,
      successRate: 1,
      scenes: [{ sceneId: 's', attempts: 1, status: 'success' }],
    })
  })

  it('is the same in another browser, whatever it tells', () =>
    fc.assert(
      fc.asyncProperty(fc.array(arbitraryRun(), { maxLength: 5 }), async (runs) => {
        const [from, to] = [await open(), await open()]
        expect((await from.saveRuns(runs)).invalid).toEqual([])
        const { blob } = await exportHistory(from, { format: 'json' })
        expect((await importRuns(to, blob)).invalid).toEqual([])
        const ids = await from.runIds()
        expect(await to.getRuns(ids)).toEqual(await from.getRuns(ids))
      }),
      { numRuns: 40 },
    ))
})
