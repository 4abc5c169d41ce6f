import { beforeEach, describe, expect, it } from 'vitest'
import { openRunHistory } from '../../../services/runHistoryService'
import type { DurationChart, HistoricalRun, RunHistory } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { runOf } from '../comparison/builders'

const MINUTE = 60_000
const FAILED = { sceneId: 'scene-001', attempts: 1, status: 'failed', exitReason: 'error' } as const
const broken = (index: number, duration: { readonly duration?: number } = {}): HistoricalRun =>
  runOf(index, [{ ...FAILED, ...duration }])

describe('the duration chart', () => {
  let history: RunHistory
  beforeEach(async () => {
    history = await openRunHistory({ indexedDB: freshIndexedDB() })
  })
  const chartOf = async (runs: readonly HistoricalRun[]): Promise<DurationChart> => {
    await history.saveRuns(runs)
    return history.chart({ kind: 'duration' })
  }

  it('marks failures of the whole time, where there are too many for all', async () => {
    const { marks, markCount } = await chartOf(
      Array.from({ length: 1_100 }, (_, i) => broken(i, { duration: 20_000 })),
    )
    expect(markCount).toEqual({ failed: 1_100, timeout: 0 })
    expect(marks).toHaveLength(500)
    expect(marks[0]?.at).toBe(0)
    expect(marks.at(-1)?.at).toBe(1_099 * MINUTE)
    expect(marks.filter(({ at }) => at < 550 * MINUTE)).toHaveLength(250)
  })

  it('counts failures that have no time, and leaves a run that goes on out of those without a duration', async () => {
    const chart = await chartOf([
      runOf(0, [80_000]),
      broken(1),
      runOf(2, [], { status: 'running' }),
      runOf(3, [], { status: 'completed' }),
    ])
    expect(chart).toMatchObject({
      runs: 1,
      markCount: { failed: 1 },
      unplacedCount: 1,
      verdict: 'cannot tell',
    })
    expect(chart.unmeasured.map(({ runId }) => runId)).toEqual(['run-1', 'run-3'])
  })
})
