import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trendOf } from '../../../services/comparison/trendOf'
import { trendRunOf } from '../../../services/comparison/trendRunOf'
import { createRandom } from '../../../services/shared/createRandom'
import type { HistoricalRun, HistoricalSceneMetrics, RunEnvironment } from '../../../types'
import { environmentOf, runOf, sceneOf } from './builders'

const METRICS = ['duration', 'successRate', 'gpuVramFree', 'gpuUtilization', 'attempts', 'queueWait'] as const
const trend = (metric: (typeof METRICS)[number], runs: readonly HistoricalRun[]) =>
  trendOf(metric, runs.map(trendRunOf))
/** So many runs, each made from its number and a number in [0.95, 1.05). */
function series(count: number, make: (i: number, noise: number) => HistoricalSceneMetrics): HistoricalRun[] {
  const random = createRandom(7).next
  return Array.from({ length: count }, (_, i) => runOf(i, [make(i, 0.95 + random() / 10)]))
}
const steppedAt = (
  at: number,
  count: number,
  before: Partial<RunEnvironment>,
  after: Partial<RunEnvironment>,
) =>
  series(count, (i, noise) =>
    sceneOf(100 * noise * (i >= at ? 1.5 : 1), { environment: environmentOf(i >= at ? after : before) }),
  )

describe('points', () => {
  it('are the runs that have a value, oldest first, in the unit of the metric', () => {
    const runs = [
      runOf(2, [100, 300]),
      runOf(0, [50, sceneOf(9, { cached: 1 })]),
      runOf(1, [sceneOf(1, { status: 'failed' })]),
    ]
    expect(trend('duration', runs).points).toEqual([
      { runId: 'run-0', timestamp: 0, value: 50, n: 1 },
      { runId: 'run-2', timestamp: 120_000, value: 200, n: 2 },
    ])
    expect(trend('successRate', runs).points.map(({ value }) => value)).toEqual([1, 0, 1])
    expect(trend('gpuVramFree', runs).points).toEqual([])
  })
})

describe('changes', () => {
  it('are told with run, ratio, interval and what changed there', () => {
    const runs = steppedAt(
      9,
      20,
      { gpuDriver: '565', comfyVersion: '0.3.60' },
      { gpuDriver: '570', comfyVersion: '0.3.64' },
    )
    const { changePoints, verdict, n } = trend('duration', runs)
    expect({ verdict, n }).toEqual({ verdict: 'worse', n: 20 })
    expect(changePoints).toHaveLength(1)
    const [change] = changePoints
    expect(change).toMatchObject({
      runId: 'run-9',
      timestamp: 9 * 60_000,
      differs: ['driver 565 → 570', 'ComfyUI 0.3.60 → 0.3.64'],
    })
    expect(change?.ratio).toBeCloseTo(1.5, 1)
    expect(change?.low).toBeGreaterThan(1.4)
    expect(change?.high).toBeLessThan(1.6)
    expect(change?.p).toBeLessThanOrEqual(0.03)
  })

  it('name a policy that changed', () => {
    const policy = {
      maxWaitSeconds: 600,
      maxAttempts: 0,
      pollIntervalSeconds: 2,
      postExecutionTimeoutSeconds: 30,
      sceneRetryBudget: 1,
      delayBetweenScenesSeconds: 0,
      batchSize: 0,
    }
    const runs = steppedAt(9, 20, {}, {}).map((run, i) => ({
      ...run,
      policy: { ...policy, maxWaitSeconds: i < 9 ? 600 : 900 },
    }))
    expect(trend('duration', runs).changePoints[0]?.differs).toEqual(['policy'])
  })

  it('say nothing about what differs in some of the runs only', () => {
    const runs = steppedAt(9, 20, {}, {}).map((run, i) => ({
      ...run,
      scenes: run.scenes.map((scene) => ({
        ...scene,
        environment: environmentOf({ gpuDriver: String(565 + (i % 3)) }),
      })),
    }))
    expect(trend('duration', runs).changePoints[0]?.differs).toEqual([])
  })

  it('are not seen in a mix of cohorts that are each as before', () => {
    const runs = series(40, (i, noise) => {
      const isLong = i < 20 ? i % 5 === 0 : i % 5 !== 0
      return sceneOf((isLong ? 900 : 100) * noise, {
        environment: environmentOf({ steps: isLong ? 50 : 20 }),
      })
    })
    const { changePoints, points } = trend('duration', runs)
    expect(points).toHaveLength(40)
    expect(changePoints).toEqual([])
  })

  it('are not seen where another workload comes after a change', () => {
    const known = environmentOf()
    const other = environmentOf({ workflowHash: 'b'.repeat(64) })
    const runs = series(80, (i, noise) => {
      if (i >= 60) return sceneOf(12 * noise, { environment: other })
      return sceneOf(100 * noise * (i >= 30 ? 1.5 : 1), { environment: known })
    })
    const { changePoints, verdict } = trend('duration', runs)
    expect(changePoints.map(({ runId }) => runId)).toEqual(['run-30'])
    expect(changePoints[0]?.ratio).toBeCloseTo(1.5, 1)
    expect(verdict).toBe('worse')
  })

  it('cannot be told where everything that ran before is gone', () => {
    const runs = series(40, (i, noise) =>
      sceneOf((i >= 20 ? 200 : 100) * noise, {
        environment: environmentOf(i >= 20 ? { steps: 60 } : {}),
      }),
    )
    expect(trend('duration', runs)).toMatchObject({ changePoints: [], verdict: 'cannot tell' })
  })

  it('have the ratio of what both sides ran, however unevenly', () => {
    const runs = series(60, (i, noise) => {
      const isLong = i < 30 ? i % 6 === 0 : i % 6 !== 0
      return sceneOf((isLong ? 900 : 100) * noise * (i >= 30 ? 1.4 : 1), {
        environment: environmentOf({ steps: isLong ? 50 : 20 }),
      })
    })
    const { changePoints } = trend('duration', runs)
    expect(changePoints).toHaveLength(1)
    expect(changePoints[0]?.ratio).toBeCloseTo(1.4, 1)
  })

  it('are better where durations fall, worse where success or free memory does', () => {
    const down = (i: number) => (i >= 15 ? 0.5 : 1)
    expect(
      trend(
        'duration',
        series(30, (i, noise) => sceneOf(100 * noise * down(i))),
      ).verdict,
    ).toBe('better')
    expect(
      trend(
        'gpuVramFree',
        series(30, (i, noise) => sceneOf(1, { gpuVramFree: 8e9 * noise * down(i) })),
      ).verdict,
    ).toBe('worse')
    expect(
      trend(
        'successRate',
        series(30, (i) => sceneOf(1, { status: i >= 15 && i % 3 > 0 ? 'failed' : 'success' })),
      ).verdict,
    ).toBe('worse')
    expect(
      trend(
        'attempts',
        series(30, (i) => sceneOf(1, { attempts: i >= 15 ? 1 + (i % 3) : 1 })),
      ).verdict,
    ).toBe('worse')
    expect(
      trend(
        'queueWait',
        series(30, (i, noise) => sceneOf(1, { queueWait: 60_000 * noise * down(i) })),
      ).verdict,
    ).toBe('better')
  })

  it('of utilisation are neither better nor worse', () => {
    const { changePoints, verdict } = trend(
      'gpuUtilization',
      series(30, (i, noise) => sceneOf(1, { gpuUtilizationMean: (i >= 15 ? 40 : 80) * noise })),
    )
    expect(changePoints).toHaveLength(1)
    expect(verdict).toBe('cannot tell')
  })
})

describe('verdicts without a change', () => {
  it('is the same only where the interval shows it', () => {
    expect(
      trend(
        'duration',
        series(30, (_, noise) => sceneOf(100 * noise)),
      ).verdict,
    ).toBe('same')
    expect(
      trend(
        'duration',
        series(30, (_, noise) => sceneOf(100 * noise ** 20)),
      ).verdict,
    ).toBe('cannot tell')
  })

  it('takes many scenes for a rate, though all of them succeeded', () => {
    expect(
      trend(
        'successRate',
        series(30, () => sceneOf(1)),
      ).verdict,
    ).toBe('cannot tell')
    expect(
      trend(
        'successRate',
        series(150, () => sceneOf(1)),
      ).verdict,
    ).toBe('same')
    expect(
      trend(
        'attempts',
        series(30, () => sceneOf(1)),
      ).verdict,
    ).toBe('cannot tell')
  })

  it('cannot be told under 8 runs, of none and of one', () => {
    expect(
      trend(
        'duration',
        series(7, () => sceneOf(100)),
      ).verdict,
    ).toBe('cannot tell')
    expect(
      trend(
        'duration',
        series(8, () => sceneOf(100)),
      ).verdict,
    ).toBe('same')
    expect(
      trend(
        'duration',
        series(1, () => sceneOf(100)),
      ),
    ).toMatchObject({ n: 0, verdict: 'cannot tell' })
    expect(trend('duration', [])).toEqual({
      metric: 'duration',
      points: [],
      changePoints: [],
      verdict: 'cannot tell',
      n: 0,
    })
  })

  it('looks at the newest 200 runs', () => {
    const runs = steppedAt(100, 310, {}, {})
    const { points, changePoints, n } = trend('duration', runs)
    expect([points.length, changePoints.length, n]).toEqual([310, 0, 200])
  })
})

describe('any runs', () => {
  const scene = fc.record({
    duration: fc.constantFrom(0, 1, 100, 250),
    status: fc.constantFrom('success' as const, 'failed' as const, 'skipped' as const),
    gpuVramFree: fc.constantFrom(0, 8e9),
    gpuUtilizationMean: fc.constantFrom(0, 50, 100),
    attempts: fc.constantFrom(0, 1, 3),
    queueWait: fc.constantFrom(0, 60_000),
    environment: fc.constantFrom(environmentOf(), environmentOf({ steps: 20 })),
  })
  const history = fc.array(fc.array(scene, { maxLength: 4 }), { maxLength: 30 }).map((runs) =>
    runs.map((scenes, i) =>
      runOf(
        i,
        scenes.map(({ duration, ...figures }) => sceneOf(duration, figures)),
      ),
    ),
  )

  it('give the same trend in any order and told twice, without NaN or infinity', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...METRICS), (runs, metric) => {
        const found = trend(metric, runs)
        expect(trend(metric, [...runs].reverse().concat(runs))).toEqual(found)
        expect(JSON.stringify(found)).not.toContain('null')
      }),
    )
  })
})
