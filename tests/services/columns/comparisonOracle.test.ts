import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cohortOf, isTimed } from '../../../services/comparison/cohortOf'
import { compareRuns } from '../../../services/comparison/compareRuns'
import { sceneEstimate } from '../../../services/comparison/sceneEstimate'
import { openRunHistory } from '../../../services/runHistoryService'
import { definedMembers } from '../../../services/shared/definedMembers'
import { DRAFT_SOURCE } from '../../../services/shared/draftSource'
import type { HistoricalRun, HistoricalSceneMetrics, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { environmentOf, runOf, sceneOf } from '../comparison/builders'

const HISTORIES = 12
const BASELINE = 50
const STATUSES = ['success', 'success', 'success', 'failed', 'timeout', 'skipped'] as const

const scene = fc
  .record({
    duration: fc.constantFrom(undefined, 0, 1, 80, 100, 100, 110, 250),
    status: fc.constantFrom(...STATUSES),
    cached: fc.constantFrom(undefined, 0, 0, 0.5, 1),
    gpuVramFree: fc.constantFrom(0, 1, 8e9),
    steps: fc.constantFrom(20, 30, 30, 30),
  })
  .map(({ steps, duration, cached, status, gpuVramFree }): HistoricalSceneMetrics => {
    const { duration: _, ...rest } = sceneOf(0, { environment: environmentOf({ steps }) })
    return { ...rest, ...definedMembers({ duration, cached }), status, gpuVramFree }
  })
/** Some at the same time, some of the draft, some deleted; enough that a baseline is cut off. */
const history = fc
  .array(
    fc.record({
      scenes: fc.array(scene, { maxLength: 3 }),
      minute: fc.nat(60),
      isDraft: fc.integer({ max: 9, min: 0 }).map((one) => one === 0),
      isDeleted: fc.integer({ max: 9, min: 0 }).map((one) => one === 0),
    }),
    { minLength: 1, maxLength: 140, size: 'max' },
  )
  .map((runs) =>
    runs.map(({ scenes, minute, isDraft, isDeleted }, number) => ({
      run: runOf(
        number,
        scenes.map((each, index) => ({ ...each, sceneId: `scene-${index}` })),
        { timestamp: minute * 60_000, ...(isDraft ? { source: DRAFT_SOURCE } : {}) },
      ),
      isDeleted,
    })),
  )

it('the columns judge runs and scenes as the records do, and a run the same against all earlier ones', async () => {
  let cutOff = 0
  for (const runs of fc.sample(history, { numRuns: HISTORIES, seed: 1 })) {
    const opened = await openRunHistory({ indexedDB: freshIndexedDB() })
    await opened.saveRuns(runs.map(({ run }) => run))
    await opened.deleteRuns(runs.flatMap(({ run, isDeleted }) => (isDeleted ? run.runId : [])))
    const stored = await opened.getRuns(runs.map(({ run }) => run.runId))
    for (const run of stored) {
      const earlier = stored.filter((other) => isBefore(other, run)).sort(newestFirst)
      await agreeAboutRun(opened, run, earlier)
      await agreeAboutScenes(opened, run, earlier)
      cutOff += Number(compareRuns(run, earlier).historical.length > BASELINE)
    }
    opened.close()
  }
  expect(cutOff).toBeGreaterThan(10)
}, 240_000)

async function agreeAboutRun(
  opened: RunHistory,
  run: HistoricalRun,
  earlier: readonly HistoricalRun[],
): Promise<void> {
  const all = compareRuns(run, earlier, 'baseline')
  const newest = compareRuns(run, all.historical.slice(0, BASELINE), 'baseline')
  const compared = await opened.compare(run.runId)
  const verdicts = await opened.verdicts([run.runId])
  expect(await opened.baseline(run.runId)).toEqual(newest.historical)
  expect(compared).toEqual(newest)
  const chosen = await opened.compare(run.runId, { against: earlier.map(({ runId }) => runId) })
  expect(chosen).toEqual(compareRuns(run, earlier))
  expect(verdicts.get(run.runId)).toEqual(newest.evidence.duration)
}

async function agreeAboutScenes(
  opened: RunHistory,
  run: HistoricalRun,
  earlier: readonly HistoricalRun[],
): Promise<void> {
  const trends = await opened.sceneTrends(run.scenes.map(({ sceneId }) => ({ runId: run.runId, sceneId })))
  for (const scene of run.scenes)
    expect(trends.get(`${run.runId}\u0000${scene.sceneId}`)).toEqual(estimateOf(run, scene, earlier))
}

function estimateOf(
  run: HistoricalRun,
  scene: HistoricalSceneMetrics,
  earlier: readonly HistoricalRun[],
): ReturnType<typeof sceneEstimate> {
  if (run.source === DRAFT_SOURCE || !isTimed(scene)) return undefined
  const ofRuns = earlier
    .filter(({ source }) => source !== DRAFT_SOURCE)
    .map(({ scenes }) => scenes.filter((other) => cohortOf(other) === cohortOf(scene)).filter(isTimed))
    .filter((like) => like.length > 0)
  return sceneEstimate(
    scene.duration,
    ofRuns.slice(0, BASELINE).flatMap((like) => like.map(({ duration }) => duration)),
  )
}

/** By time; of two that began together the one with the smaller id came first. */
const isBefore = (a: HistoricalRun, b: HistoricalRun): boolean =>
  a.timestamp < b.timestamp || (a.timestamp === b.timestamp && a.runId < b.runId)

const newestFirst = (a: HistoricalRun, b: HistoricalRun): number => (isBefore(a, b) ? 1 : -1)
