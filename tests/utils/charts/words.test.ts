import { describe, expect, it } from 'vitest'
import {
  changeLabel,
  changeTip,
  durationWords,
  emptyDuration,
  markTip,
  pointTip,
} from '../../../utils/charts/durationWords'
import { fileNameOf } from '../../../utils/charts/fileNameOf'
import { formatRate, ratesWords } from '../../../utils/charts/ratesWords'
import { shapeRates } from '../../../utils/charts/ratesShape'
import { shapeGpu } from '../../../utils/charts/gpuShape'
import { gpuWords } from '../../../utils/charts/gpuWords'
import { tableOf } from '../../../utils/charts/tableOf'
import { durationChart, FIRST_AT, gpuPoint, groupOf, pointAt } from './builders'

const plain = (text: string | undefined): string => (text ?? '').replaceAll('\u202f', ' ')
const CHANGE = {
  runId: 'run-20',
  timestamp: new Date(2026, 10, 12, 3).getTime(),
  ratio: 1.31,
  low: 1.2,
  high: 1.44,
  p: 0.004,
  differs: ['driver 570'],
}

describe('the sentence of a duration chart', () => {
  it('tells number, median and the last change, for the eye and for the ear', () => {
    const words = durationWords(durationChart(34, { changePoints: [CHANGE] }))
    expect(plain(words.summary)).toMatch(/^34 runs · median run 1 m 20 s · slower since .*12/)
    expect(words.spoken).toMatch(/^Duration of 34 runs\. Median run 1 minute 20 seconds\. Slower since .*12/)
  })

  it('cannot tell from fewer than 8 runs, and from more only what the trend tells', () => {
    expect(durationWords(durationChart(7)).summary).toContain('cannot tell yet: 1 more run needed')
    expect(durationWords(durationChart(8)).summary).toContain('cannot tell yet whether it changed')
    expect(durationWords(durationChart(8, { verdict: 'same' })).summary).toContain('no change shown')
  })

  it('says what was left out', () => {
    const notes = durationWords(
      durationChart(9, { excludedCached: 6, markCount: { failed: 3_000, timeout: 0 }, unplacedCount: 2 }),
    ).notes
    expect(notes).toEqual([
      '6 cached scenes left out',
      '0 of 2,998 failed or stopped scenes marked, evenly',
      '2 failed scenes without a time left out',
    ])
  })

  it('says why there is nothing, and what to do', () => {
    expect(emptyDuration(durationChart(0, { unmeasuredCount: 3, excludedCached: 2 }))).toBe(
      'No duration to show: 3 runs completed no scene without the cache, 2 scenes came from cache. Widen the filter to see more runs.',
    )
  })
})

describe('what is said of a point', () => {
  const usual = { low: 70_000, high: 90_000 }

  it('sets a run against the usual range, or against the median beyond it', () => {
    const chart = durationChart(10, { usual })
    expect(plain(pointTip(chart, pointAt(1), FIRST_AT).usual)).toBe('within the usual 1 m 10 s to 1 m 30 s')
    expect(plain(pointTip(chart, pointAt(1, { value: 160_000 }), FIRST_AT).usual)).toBe(
      '2.00× over the median run’s 1 m 20 s',
    )
    expect(plain(pointTip(chart, pointAt(1, { value: 40_000 }), FIRST_AT).usual)).toBe(
      '2.00× under the median run’s 1 m 20 s',
    )
  })

  it('never says that a stopped scene took as long as its limit', () => {
    const tip = markTip(
      { kind: 'timeout', runId: 'r', sceneId: 'scene-001', at: FIRST_AT, value: 600_000 },
      FIRST_AT,
    )
    expect(plain(tip.value)).toBe('longer than 10 m 00 s, its limit')
  })

  it('gives a change its interval and p, and turns both for a faster one', () => {
    expect(changeLabel(CHANGE)).toMatch(/^1\.31× slower from .*12.* · driver 570$/)
    expect(changeTip(CHANGE).value).toBe('95 % interval 1.20–1.44×, p 0.004')
    expect(changeTip({ ...CHANGE, ratio: 0.8, low: 0.5, high: 0.9, p: 0.0001 })).toMatchObject({
      title: expect.stringMatching(/^1\.25× faster/),
      value: '95 % interval 1.11–2.00×, p < 0.001',
    })
  })
})

describe('rates', () => {
  it('are never rounded to all or none of what was not', () => {
    expect(plain(formatRate({ count: 999, of: 1_000 }))).toBe('99 % (999 of 1,000)')
    expect(plain(formatRate({ count: 1, of: 1_000 }))).toBe('1 % (1 of 1,000)')
    expect(formatRate({ count: 0, of: 0 })).toBe('not measured')
  })

  it('of 40 groups are folded to the 12 with most scenes, and all shown when asked', () => {
    const groups = Array.from({ length: 40 }, (_, i) => groupOf(`policy ${i}`, i + 1))
    const chart = { kind: 'rates', by: 'policy', runs: 200, groups } as const
    const folded = shapeRates(chart, false, 60)
    expect(folded.groups[0]?.scenes).toBe(40)
    expect([folded.groups.length, folded.folded]).toEqual([12, 28])
    expect(shapeRates(chart, true, 60)).toMatchObject({ folded: 0 })
  })

  it('of days stand in their order, the newest where there is no room for all', () => {
    const groups = ['2026-11-03', '2026-11-01', '2026-11-02'].map((day) => groupOf(day, 4))
    const shape = shapeRates({ kind: 'rates', by: 'day', runs: 3, groups }, false, 2)
    expect(shape).toMatchObject({ layout: 'columns', folded: 1 })
    expect(shape.groups.map(({ key }) => key)).toEqual(['2026-11-02', '2026-11-03'])
  })

  it('say what they are of', () => {
    const words = ratesWords({ kind: 'rates', by: 'gpuName', runs: 3, groups: [groupOf('A', 12, 11)] })
    expect(plain(words.summary)).toBe('3 runs · 92 % (11 of 12) completed')
  })
})

describe('scenes by GPU', () => {
  it('keep a series each for eight GPUs, and share one from the ninth', () => {
    const points = Array.from({ length: 60 }, (_, i) => gpuPoint(i, { gpuName: `GPU ${i % 10}` }))
    const { series } = shapeGpu({ kind: 'gpu', scenes: 60, points, isThinned: false }, 'vramFree')
    expect(series.map((each) => each.series)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(series.at(-1)?.name).toBe('2 others')
    expect(series.flatMap((each) => each.points)).toHaveLength(60)
  })

  it('leave out what lacks the measure, and say so', () => {
    const { vramFree: _, ...unmeasured } = gpuPoint(1)
    const chart = { kind: 'gpu', scenes: 2, points: [gpuPoint(0), unmeasured], isThinned: false } as const
    const shape = shapeGpu(chart, 'vramFree')
    expect(shape.shown).toBe(1)
    expect(gpuWords(chart, shape, 'vramFree').notes).toEqual(['1 scene without this measure left out'])
  })
})

describe('the table of a chart', () => {
  it('has at most 1,000 rows, the newest, and knows of how many', () => {
    const table = tableOf(durationChart(1_200))
    expect([table.rows.length, table.total]).toEqual([1_000, 1_200])
    expect(table.rows[0]?.id).toBe('run run-1199')
  })

  it('says that its rows are of what is drawn where that is less than there is', () => {
    const whole = tableOf(durationChart(20))
    const thinned = tableOf({ ...durationChart(20), runs: 3_000, isThinned: true })
    expect([whole.total, whole.isSample]).toEqual([20, false])
    expect([thinned.total, thinned.isSample]).toEqual([3_000, true])
  })

  it('says what is not measured instead of a 0', () => {
    const { utilization: _, ...point } = gpuPoint(0)
    const [row] = tableOf({ kind: 'gpu', scenes: 1, points: [point], isThinned: false }).rows
    expect(row?.cells).toContain('not measured')
  })
})

it('names a file by its title and day, in letters that every system takes', () => {
  expect(fileNameOf('Scene duration: été/GPU', 'svg', new Date(2026, 10, 4, 12).getTime())).toBe(
    'scene-duration-ete-gpu-2026-11-04.svg',
  )
})
