import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../services/comparison/compareRuns'
import type { HistoricalRun } from '../../../types'
import { environmentOf, runOf, runsOf, sceneOf } from './builders'

const other = environmentOf({ steps: 50 })
const now = (...scenes: Parameters<typeof runOf>[1]): HistoricalRun => runOf(1_000, scenes)
/** So many durations around 100 s, 99 to 101. */
const around = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => 99_000 + (2_000 * i) / (n - 1))

describe('durations against a baseline', () => {
  it('gives ratio and difference to the median, and each run of the baseline leaves itself out', () => {
    const { deltas, evidence } = compareRuns(
      now(132_000),
      runsOf([100_000, 110_000, 120_000, 110_000, 110_000]),
    )
    expect(deltas.durationDelta).toBeCloseTo(22_000, 6)
    expect(evidence.duration).toMatchObject({ n: 5, p: 1 / 6, verdict: 'cannot tell', moreRunsNeeded: 4 })
    expect(evidence.duration?.value).toBeCloseTo(1.2, 12)
    expect(evidence.duration?.low).toBeCloseTo(1.2 / (120 / 110), 12)
    expect(evidence.duration?.high).toBeCloseTo(1.2 / (100 / 110), 12)
  })

  it('compares scene by scene within cohorts', () => {
    const long = (duration: number) => sceneOf(duration, { environment: other })
    const baseline = [runOf(0, [90, long(900)]), runOf(1, [100, long(1_000)]), runOf(2, [110, long(1_100)])]
    const { deltas, evidence } = compareRuns(now(120, long(900)), baseline)
    expect(evidence.cohorts).toBe(2)
    expect(evidence.duration?.value).toBeCloseTo(Math.sqrt(1.2 * 0.9), 12)
    expect(deltas.durationDelta).toBeCloseTo((20 - 100) / 2, 9)
  })

  it('says slower beyond 19 runs, likely beyond 9, nothing in the middle of them', () => {
    const verdictOf = (duration: number, n: number) =>
      compareRuns(now(duration), runsOf(around(n))).evidence.duration
    expect(verdictOf(130_000, 19)).toMatchObject({ n: 19, p: 0.05, verdict: 'worse' })
    expect(verdictOf(130_000, 19)?.likely).toBeUndefined()
    expect(verdictOf(130_000, 9)).toMatchObject({ n: 9, p: 0.1, verdict: 'worse', likely: true })
    expect(verdictOf(70_000, 19)).toMatchObject({ verdict: 'better' })
    expect(verdictOf(100_000, 19)).toMatchObject({ verdict: 'cannot tell' })
    expect(verdictOf(100_000, 19)?.moreRunsNeeded).toBeUndefined()
  })

  it('leaves out scenes from cache and scenes without like ones, and says how many', () => {
    const cached = sceneOf(1, { cached: 0.5 })
    const alone = sceneOf(7, { environment: other })
    const failed = sceneOf(500, { status: 'failed' })
    const { deltas, evidence } = compareRuns(now(120, cached, alone, failed), [
      runOf(0, [100, cached]),
      runOf(1, [100, sceneOf(900, { status: 'timeout' })]),
    ])
    expect(evidence.excludedScenes).toBe(2)
    expect(evidence.cohorts).toBe(1)
    expect(deltas.durationDelta).toBe(20)
  })

  it('shifts run against run within cohorts, and needs 4 scenes on each side for more than a figure', () => {
    const enough = compareRuns(now(200, 210, 220, 230), [runOf(0, [100, 105, 110, 115])]).evidence.duration
    expect(enough).toMatchObject({ n: 8, verdict: 'worse' })
    expect(enough?.value).toBeCloseTo(2, 2)
    expect(enough?.p).toBeCloseTo(2 / 70, 12)
    expect(enough?.low).toBeCloseTo(200 / 115, 12)
    expect(enough?.high).toBeCloseTo(230 / 100, 12)
    const few = compareRuns(now(200, 210, 220), [runOf(0, [100, 105, 110])]).evidence.duration
    expect(few).toMatchObject({ verdict: 'cannot tell', moreRunsNeeded: 8 })
    expect(few?.low).toBeUndefined()
    const equal = Array(12).fill(100)
    expect(compareRuns(now(...equal), [runOf(0, equal)]).evidence.duration).toMatchObject({
      value: 1,
      low: 1,
      high: 1,
      verdict: 'same',
    })
  })
})

describe('success and memory', () => {
  it('pools scenes into the difference of two rates', () => {
    const failed = sceneOf(100, { status: 'failed' })
    const skipped = sceneOf(100, { status: 'skipped' })
    const baseline = Array.from({ length: 10 }, (_, i) => runOf(i, [100, 100, 100, 100]))
    const { deltas, evidence } = compareRuns(now(failed, failed, 100, 100, skipped), baseline)
    expect(deltas.successRateDelta).toBeCloseTo(-50, 9)
    expect(evidence.successRate).toMatchObject({ value: -0.5, n: 44, verdict: 'worse' })
    const one = compareRuns(now(failed, 100, 100, 100), [runOf(0, [100, 100, 100, 100])])
    expect(one.evidence.successRate).toMatchObject({ value: -0.25, verdict: 'cannot tell' })
    expect(compareRuns(now(failed, 100, 100, 100), baseline).evidence.successRate?.verdict).toBe(
      'cannot tell',
    )
    expect(compareRuns(now(skipped), baseline).evidence.successRate).toBeUndefined()
  })

  it('gives free memory in percent of what the baseline had on average', () => {
    const free = (number: number, gpuVramFree: number) => runOf(number, [sceneOf(100, { gpuVramFree })])
    const { deltas, evidence } = compareRuns(free(9, 9e9), [
      free(0, 8e9),
      free(1, 10e9),
      free(2, 12e9),
      runOf(3, [100]),
    ])
    expect(deltas.gpuPerformanceDelta).toBeCloseTo(-10, 9)
    expect(evidence.gpu).toMatchObject({ n: 3, verdict: 'cannot tell', moreRunsNeeded: 6 })
    const many = Array.from({ length: 19 }, (_, i) => free(i, 10e9 + i))
    expect(compareRuns(free(99, 5e9), many).evidence.gpu).toMatchObject({ verdict: 'worse' })
    expect(compareRuns(now(100), many).deltas.gpuPerformanceDelta).toBeUndefined()
  })
})

describe('what counts', () => {
  it('is each other run once that shares a cohort and was measured', () => {
    const current = now(120)
    const like = runOf(0, [100])
    const { historical } = compareRuns(current, [
      like,
      like,
      current,
      runOf(1, [sceneOf(5, { environment: other })]),
      runOf(2, [100], { source: 'gemdirect1-draft' }),
      runOf(3, []),
    ])
    expect(historical).toEqual([like])
  })

  it('is nothing for a run alone, a run without scenes and one of the draft', () => {
    const nothing = { deltas: {}, historical: [] }
    expect(compareRuns(now(120), [])).toMatchObject({
      ...nothing,
      evidence: { excludedScenes: 1, cohorts: 0 },
    })
    expect(compareRuns(now(120), []).deltas).toEqual({})
    expect(compareRuns(now(), runsOf([100])).deltas).toEqual({})
    expect(compareRuns({ ...now(120), source: 'gemdirect1-draft' }, runsOf([100])).historical).toEqual([])
  })
})

describe('trend', () => {
  const slower = [...around(10), ...around(9).map((duration) => duration * 2)]

  it('comes from a change of the series, not from the run', () => {
    expect(compareRuns(now(200_000), runsOf(slower)).deltas.trend).toBe('degrading')
    expect(compareRuns(now(100_000), runsOf([...slower].reverse())).deltas.trend).toBe('improving')
    expect(compareRuns(now(100_000), runsOf(around(19))).deltas.trend).toBe('stable')
    expect(compareRuns(now(200_000), runsOf(Array(19).fill(100_000))).evidence.duration?.verdict).toBe(
      'worse',
    )
    expect(compareRuns(now(200_000), runsOf(Array(19).fill(100_000))).deltas.trend).not.toBe('degrading')
  })

  it('is absent under 8 runs', () => {
    expect(compareRuns(now(100_000), runsOf(around(6))).deltas).not.toHaveProperty('trend')
    expect(compareRuns(now(100_000), runsOf(around(7))).deltas).toHaveProperty('trend', 'stable')
  })
})

describe('any runs', () => {
  const scene = fc.record({
    duration: fc.constantFrom(0, 1, 100, 100, 250),
    status: fc.constantFrom('success' as const, 'failed' as const, 'timeout' as const, 'skipped' as const),
    cached: fc.constantFrom(0, 0.5, 1),
    gpuVramFree: fc.constantFrom(0, 1, 8e9),
    steps: fc.constantFrom(20, 30),
  })
  const scenes = fc.array(
    scene.map(({ steps, duration, ...figures }) =>
      sceneOf(duration, { ...figures, environment: environmentOf({ steps }) }),
    ),
    { maxLength: 5 },
  )
  const history = fc.array(scenes, { maxLength: 25 }).map((runs) => runs.map((each, i) => runOf(i, each)))

  it('give the same figures in any order and told twice, and never NaN or null', () => {
    fc.assert(
      fc.property(scenes, history, (current, runs) => {
        const { deltas, evidence } = compareRuns(now(...current), runs)
        const again = compareRuns(now(...current), [...runs].reverse().concat(runs))
        expect(JSON.stringify([deltas, evidence], round)).toBe(
          JSON.stringify([again.deltas, again.evidence], round),
        )
        expect(JSON.stringify([deltas, evidence])).not.toContain('null')
      }),
    )
  })
})

/** Sums differ in their last digit with the order of what is added. */
const round = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(9)) : value
