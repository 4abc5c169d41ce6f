import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { exportHistory, exportRuns, importRuns } from '../../../services/exportService'
import { mergeRun } from '../../../services/history/mergeRun'
import { openRunHistory } from '../../../services/runHistoryService'
import { canonicalJson } from '../../../services/shared/canonicalJson'
import { MAX_TIME } from '../../../services/wire/maxTime'
import { MAX_ATTEMPTS, MAX_FALLBACK_NOTES, MAX_SCENES } from '../../../services/wire/recordLimits'
import type { AttemptRecord, HistoricalRun, HistoricalSceneMetrics, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const opened: RunHistory[] = []
const open = async (): Promise<RunHistory> => {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  opened.push(history)
  return history
}
afterEach(() => opened.splice(0).forEach((history) => history.close()))

const runWith = (scenes: readonly HistoricalSceneMetrics[]): HistoricalRun => ({
  runId: 'run',
  runName: 'Night',
  timestamp: 1,
  scenes,
  fallbackCount: 0,
})
/** The `place`th of all; ids are in another order than times. */
const attemptAt = (place: number): AttemptRecord => ({
  attempt: 1,
  source: 'box',
  promptId: `p${(place * 7_919) % 10_007}`,
  queuedAt: 1_000 + place,
  exitReason: place % 2 === 0 ? 'success' : 'error',
})
const attempts = (from: number, to: number): HistoricalRun => {
  const attemptLog = Array.from({ length: to - from }, (_, index) => attemptAt(from + index))
  return runWith([{ sceneId: 'a', attempts: attemptLog.length, status: 'failed', attemptLog }])
}
const scenes = (from: number, to: number): HistoricalRun =>
  runWith(
    Array.from({ length: to - from }, (_, index) => ({
      sceneId: `s${String(from + index).padStart(5, '0')}`,
      attempts: 1,
      status: 'success',
    })),
  )
const notes = (from: number, to: number): HistoricalRun => {
  const fallbackNotes = Array.from({ length: to - from }, (_, index) => `note ${from + index}`)
  return runWith([{ sceneId: 'a', attempts: 1, status: 'success', fallbackNotes }])
}
const fileOf = async (run: HistoricalRun): Promise<Blob> =>
  (await exportRuns({ runs: [run], format: 'json' })).blob
const same = (a: HistoricalRun, b: HistoricalRun): void => expect(canonicalJson(a)).toBe(canonicalJson(b))

describe('a run that was merged', () => {
  it('has the newest attempts of a scene, as many as a file may have, and is what the last of them says', () => {
    const [scene] = mergeRun(attempts(0, 700), attempts(600, 1_401)).scenes
    expect(scene?.attemptLog).toHaveLength(MAX_ATTEMPTS)
    expect(scene?.attemptLog?.[0]?.queuedAt).toBe(1_401)
    expect(scene).toMatchObject({ status: 'success', queuedAt: 2_400, promptId: attemptAt(1_400).promptId })
  })

  it('is the same in any order and again, however many attempts are told', () => {
    const span = fc
      .tuple(fc.nat(1_500), fc.integer({ min: 1, max: 900 }))
      .map(([from, length]) => attempts(from, from + length))
    fc.assert(
      fc.property(span, span, span, (a, b, c) => {
        const all = mergeRun(mergeRun(a, b), c)
        same(all, mergeRun(a, mergeRun(c, b)))
        same(all, mergeRun(all, b))
        same(all, mergeRun(a, all))
      }),
      { numRuns: 15 },
    )
  })

  it('has as many scenes and notes as a file may have, in any order', () => {
    const merged = mergeRun(scenes(0, 6_000), scenes(5_000, 11_000))
    expect(merged.scenes).toHaveLength(MAX_SCENES)
    same(merged, mergeRun(scenes(5_000, 11_000), scenes(0, 6_000)))
    const noted = mergeRun(notes(0, 600), notes(500, 1_200))
    expect(noted.scenes[0]?.fallbackNotes).toHaveLength(MAX_FALLBACK_NOTES)
    same(noted, mergeRun(notes(500, 1_200), notes(0, 600)))
  })
})

describe('an import', () => {
  it.each([
    ['attempts', attempts(0, 700), attempts(700, 1_401), '401 attempts'],
    ['scenes', scenes(0, 6_000), scenes(4_000, 10_001), '1 scene'],
    ['notes', notes(0, 600), notes(500, 1_200), '200 fallback notes'],
  ])(
    'says which run had to leave out %s, and what is stored can be moved on',
    async (_, first, second, words) => {
      const history = await open()
      await importRuns(history, await fileOf(first))
      const file = await fileOf(second)
      const leftOut = [{ line: 2, reason: `“Night” has ${words} more than a run may hold.` }]
      expect(await importRuns(history, file, { dryRun: true })).toMatchObject({ merged: 1, leftOut })
      expect(await importRuns(history, file)).toMatchObject({ merged: 1, invalid: [], leftOut })
      expect(await importRuns(history, file)).toMatchObject({ same: 1, merged: 0 })
      const { blob } = await exportHistory(history, { format: 'json' })
      const elsewhere = await importRuns(await open(), blob)
      expect(elsewhere).toEqual({ added: 1, same: 0, merged: 0, conflicting: 0, invalid: [], dryRun: false })
    },
  )

  it('says so of a run that was deleted here, and of one that tells a scene twice', async () => {
    const history = await open()
    await history.saveRun(attempts(0, 700))
    await history.deleteRuns(['run'])
    expect(await importRuns(history, await fileOf(attempts(700, 1_401)))).toMatchObject({
      added: 1,
      leftOut: [{ line: 2 }],
    })
    const twice = runWith([...attempts(0, 700).scenes, ...attempts(700, 1_401).scenes])
    const report = await importRuns(await open(), new Blob([JSON.stringify(documentOf(twice))]))
    expect(report).toMatchObject({ added: 1, invalid: [], leftOut: [{ path: 'records.0' }] })
  })

  it('keeps no trace of an attempt that it left out', async () => {
    const history = await open()
    await history.saveRun(attempts(1_000, 1_700))
    const [lost, kept] = [attemptAt(0), attemptAt(899)].map(({ source = '', promptId = '' }) => ({
      source,
      promptId,
    }))
    if (!lost || !kept) throw new Error('there are two')
    const traces = [lost, kept].map((attempt) => ({ ...attempt, points: [], gaps: [] }))
    const { blob } = await exportRuns({ runs: [attempts(0, 900)], traces, format: 'json' })
    await importRuns(history, blob)
    expect(await history.traces([lost, kept])).toEqual(traces.slice(1))
  })

  it('leaves out nothing of a run that just fits', async () => {
    const history = await open()
    await importRuns(history, await fileOf(attempts(0, 700)))
    const report = await importRuns(history, await fileOf(attempts(700, MAX_ATTEMPTS)))
    expect(report).toEqual({ added: 0, same: 0, merged: 1, conflicting: 0, invalid: [], dryRun: false })
  })
})

it('an edit after the last one that a file may have can be moved on', async () => {
  const history = await open()
  await history.saveRun({ ...runWith([]), notes: 'theirs', editedAt: MAX_TIME })
  await history.annotate('run', { notes: 'mine' })
  await history.tagRuns(['run'], { add: ['kept'] })
  expect(await history.getRun('run')).toMatchObject({ notes: 'mine', tags: ['kept'], editedAt: MAX_TIME })
  const { blob } = await exportHistory(history, { format: 'json' })
  const elsewhere = await open()
  expect(await importRuns(elsewhere, blob)).toMatchObject({ added: 1, invalid: [] })
  expect(await elsewhere.getRun('run')).toMatchObject({ notes: 'mine', tags: ['kept'] })
})

const documentOf = (run: HistoricalRun) => ({
  format: 'gemdirect1-telemetry',
  version: 1,
  exportedAt: 1,
  records: [{ run }],
})
