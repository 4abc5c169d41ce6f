import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../services/telemetryFilterService'
import { compareHref, MAX_COMPARED, readCompareView } from '../../../utils/comparison/compareView'
import { earlierFilter, earlierHref } from '../../../utils/comparison/earlierQuery'
import { environmentRows, usualRows } from '../../../utils/comparison/environmentRows'
import { orderRuns, RUN_ORDERS } from '../../../utils/comparison/orderRuns'
import { pastRuns } from '../../../utils/comparison/pastRuns'
import { whatChanged } from '../../../utils/comparison/whatChanged'
import type { HistoricalRun, RunComparison } from '../../../types'
import { buildAttempt, buildRun, buildScene, ENVIRONMENT } from '../../helpers/buildRun'

const SERVERS = new Map([
  ['box', 'Workstation'],
  ['attic', 'Attic'],
])
const read = (href: string) => readCompareView(new URLSearchParams(href.split('?')[1] ?? ''))
const withDriver = (run: HistoricalRun, gpuDriver: string): HistoricalRun => ({
  ...run,
  scenes: [buildScene('a', [buildAttempt('a', 0, 1, { environment: { ...ENVIRONMENT, gpuDriver } })])],
})

describe('the address of a comparison', () => {
  it('leads back to the same runs, commas and percent signs in their ids included', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: MAX_COMPARED })
    fc.assert(
      fc.property(ids, fc.boolean(), fc.constantFrom(...RUN_ORDERS), (runs, onlyDifferences, order) => {
        const [base = ''] = runs
        fc.pre(base !== 'auto')
        expect(read(compareHref({ runs, base, onlyDifferences, order }))).toEqual({
          runs,
          base,
          onlyDifferences,
          order,
          leftOut: 0,
        })
      }),
    )
  })

  it('holds the first run as the base where none is named, and a single one against what is usual', () => {
    expect(read('#/compare?runs=a,b').base).toBe('a')
    expect(read('#/compare?runs=a').base).toBe('auto')
    expect(read('#/compare?runs=a,b&base=auto').base).toBe('auto')
  })

  it('counts a run once, takes in a base that is not among the runs, and counts what is left out', () => {
    expect(read('#/compare?runs=a,b,a&base=c')).toMatchObject({ runs: ['c', 'a', 'b'], base: 'c' })
    expect(read('#/compare?runs=1,2,3,4,5,6,7,8')).toMatchObject({ leftOut: 2 })
  })

  it('without runs has none', () => expect(read('#/compare')).toMatchObject({ runs: [], base: 'auto' }))
})

describe('a pinned base', () => {
  it('stays first under every order', () => {
    const durations = fc.array(fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(durations, fc.nat(), fc.constantFrom(...RUN_ORDERS), (given, pick, order) => {
        const runs = given.map((averageDuration, i) => {
          const { averageDuration: _, ...run } = buildRun(i)
          return averageDuration === undefined ? run : { ...run, averageDuration }
        })
        const base = runs[pick % runs.length]?.runId ?? ''
        const ordered = orderRuns(runs, base, order)
        expect(ordered[0]?.runId).toBe(base)
        expect(new Set(ordered)).toEqual(new Set(runs))
      }),
    )
  })

  it('is followed by the others in their order, unknown figures last', () => {
    const { averageDuration: _, ...unknown } = buildRun(3)
    const runs = [buildRun(0, 90_000), buildRun(1, 70_000), unknown, buildRun(2, 60_000)]
    expect(orderRuns(runs, 'run-0', 'fastest').map(({ runId }) => runId)).toEqual([
      'run-0',
      'run-2',
      'run-1',
      'run-3',
    ])
  })

  it('is followed by the fastest as they are said to be: like for like, not by their averages', () => {
    const base = buildRun(0, 70_000)
    const runs = [base, buildRun(1, 60_000), buildRun(2, 90_000), buildRun(3, 50_000)]
    const ratio = (current: HistoricalRun, value: number): RunComparison => ({
      current,
      historical: [base],
      deltas: {},
      evidence: {
        duration: { value, n: 1, test: 'exact', verdict: 'cannot tell' },
        excludedScenes: 0,
        cohorts: 1,
      },
    })
    const comparisons = new Map([
      ['run-1', ratio(buildRun(1), 1.06)],
      ['run-2', ratio(buildRun(2), 1.04)],
    ])
    const ids = (against: string) =>
      orderRuns(runs, against, 'fastest', comparisons).map(({ runId }) => runId)
    expect(ids('run-0')).toEqual(['run-0', 'run-2', 'run-1', 'run-3'])
    expect(ids('auto')).toEqual(['run-3', 'run-1', 'run-0', 'run-2'])
  })
})

describe('what runs ran with', () => {
  it('differs only where two runs know it and say otherwise', () => {
    const bare = { ...buildRun(2), scenes: [] }
    const rows = environmentRows(
      [withDriver(buildRun(0), '570'), withDriver(buildRun(1), '565'), bare],
      SERVERS,
    )
    expect(rows.find(({ label }) => label === 'Driver')).toEqual({
      label: 'Driver',
      values: ['570', '565', undefined],
      differs: true,
    })
    expect(rows.find(({ label }) => label === 'ComfyUI')?.differs).toBe(false)
    expect(rows.some(({ label }) => label === 'Frames')).toBe(false)
  })
})

describe('what changed', () => {
  const earlier = [withDriver(buildRun(1), '565'), withDriver(buildRun(2), '560')]
  it('is what none of the earlier runs had, from what the newest of them had', () => {
    expect(whatChanged(withDriver(buildRun(0), '570'), earlier, SERVERS)).toBe('Driver 565 → 570')
  })
  it('is the server first, where all earlier runs were on another', () => {
    const elsewhere = earlier.map((run) => ({ ...run, source: 'attic' }))
    expect(whatChanged(withDriver(buildRun(0), '565'), elsewhere, SERVERS)).toBe('Server Attic → Workstation')
    const back = [...elsewhere, withDriver(buildRun(3), '565')]
    expect(whatChanged(withDriver(buildRun(0), '565'), back, SERVERS)).toBeUndefined()
  })
  it('is nothing where an earlier run had the same, or there is none', () => {
    expect(whatChanged(withDriver(buildRun(0), '560'), earlier, SERVERS)).toBeUndefined()
    expect(whatChanged(buildRun(0), [], SERVERS)).toBeUndefined()
  })
})

describe('what one run ran with beside the earlier ones', () => {
  const policy = {
    maxWaitSeconds: 1_200,
    maxAttempts: 0,
    pollIntervalSeconds: 2,
    postExecutionTimeoutSeconds: 30,
    sceneRetryBudget: 1,
    delayBetweenScenesSeconds: 0,
    batchSize: 0,
  }
  const short = { ...policy, maxWaitSeconds: 480, delayBetweenScenesSeconds: 5 }
  const run = buildRun(0, 80_000, { policy })
  const before = [
    buildRun(1, 80_000, { policy: short }),
    buildRun(2, 80_000, { policy: short }),
    buildRun(3, 80_000, { policy }),
  ]
  const row = (label: string, earlier = before) =>
    usualRows(run, earlier, SERVERS).find((each) => each.label === label)

  it('is not what the newest of them had, but what they had, most often first', () => {
    expect(row('Max Wait Time')).toEqual({
      label: 'Max Wait Time',
      values: ['20\u202fm 00\u202fs', '8\u202fm 00\u202fs (2), 20\u202fm 00\u202fs (1)'],
      differs: false,
    })
    expect(row('Driver')?.values).toEqual(['565', '565'])
  })

  it('differs exactly where something is said to have changed', () => {
    expect(whatChanged(run, before, SERVERS)).toBeUndefined()
    expect(usualRows(run, before, SERVERS).some(({ differs }) => differs)).toBe(false)
    const [first, second] = before.slice(0, 2)
    const other = [first ?? run, second ?? run]
    expect(whatChanged(run, other, SERVERS)).toMatch(
      /^Max Wait Time 8.m 00.s → 20.m 00.s, Delay between scenes 5\.0.s → none$/,
    )
    expect(usualRows(run, other, SERVERS).filter(({ differs }) => differs)).toHaveLength(2)
  })
})

describe('earlier runs as marks', () => {
  it('are oldest first, each with how this run went from it, by sign and word', () => {
    const marks = pastRuns(buildRun(0, 80_000), [
      buildRun(1, 68_000),
      buildRun(2, 90_000),
      buildRun(3, 80_000),
    ])
    expect(marks.map(({ runId, shape }) => [runId, shape])).toEqual([
      ['run-3', 'same'],
      ['run-2', 'better'],
      ['run-1', 'worse'],
    ])
    expect(marks[2]?.delta).toBe('+12\u202fs: this run took longer')
    expect(marks[1]?.delta).toBe('−10\u202fs: this run took less')
  })
  it('leave out what has no duration', () => {
    const { averageDuration: _, ...unknown } = buildRun(1)
    expect(pastRuns(buildRun(0), [unknown])).toEqual([])
  })
})

describe('what happened earlier', () => {
  const kind = {
    reason: 'error',
    error: { type: 'ValueError', message: 'Sizes of "tensors" must match: expected 64, got 72\nmore' },
  }
  it('is found by the reason, and an error by how its message begins, before the first number', () => {
    expect(earlierFilter(kind)).toEqual({
      exitReason: ['error'],
      expression: { field: 'error', op: 'contains', value: 'Sizes of "tensors" must match: expected' },
    })
    expect(earlierFilter({ reason: 'outOfMemory', error: kind.error })).toEqual({
      exitReason: ['outOfMemory'],
    })
  })
  it('is linked to by a query that can be read', () => {
    const { 1: query = '' } = earlierHref(kind).split('?q=')
    const parsed = parseQuery(decodeURIComponent(query))
    expect(parsed.ok).toBe(true)
  })
})
