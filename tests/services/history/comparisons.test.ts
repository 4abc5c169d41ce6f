import { expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import type { HistoricalRun } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { runOf, sceneOf } from '../comparison/builders'

const good = (number: number): HistoricalRun =>
  runOf(
    number,
    scenes(() => sceneOf(80_000 + number)),
  )

const scenes = (make: () => ReturnType<typeof sceneOf>) =>
  ['scene-1', 'scene-2', 'scene-3', 'scene-4'].map((sceneId) => ({ ...make(), sceneId }))

async function historyOf(runs: readonly HistoricalRun[]) {
  const history = await openRunHistory({ indexedDB: freshIndexedDB() })
  await history.saveRuns(runs)
  return history
}

it('compares a run whose scenes all failed with the runs that are like it', async () => {
  const earlier = Array.from({ length: 20 }, (_, number) => good(number))
  const failed = runOf(
    20,
    scenes(() => sceneOf(500, { status: 'failed' })),
  )
  const history = await historyOf([...earlier, failed])
  const { historical, evidence } = await history.compare(failed.runId)
  expect(historical.map(({ runId }) => runId)).toEqual(earlier.map(({ runId }) => runId).reverse())
  expect(evidence.successRate).toMatchObject({ value: -1, n: 84, verdict: 'worse' })
  expect(await history.verdicts([failed.runId])).toEqual(new Map())
  history.close()
})

it('tells nothing yet of what is usual by one like run, in the list and on the page of the run, but how the two differ', async () => {
  const history = await historyOf([
    good(0),
    runOf(
      1,
      scenes(() => sceneOf(200_000)),
    ),
  ])
  const { evidence } = await history.compare('run-1')
  expect(evidence.duration).toMatchObject({ n: 1, verdict: 'cannot tell', moreRunsNeeded: 8 })
  expect((await history.verdicts(['run-1'])).get('run-1')).toEqual(evidence.duration)
  const chosen = await history.compare('run-1', { against: ['run-0'] })
  expect(chosen.evidence.duration).toMatchObject({ n: 8, verdict: 'worse' })
  history.close()
})

it('compares no run with one whose only like scenes were cached', async () => {
  const history = await historyOf([runOf(0, [sceneOf(1, { cached: 1 })]), runOf(1, [sceneOf(80_000)])])
  expect(await history.baseline('run-1')).toEqual([])
  history.close()
})
