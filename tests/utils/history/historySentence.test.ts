import { describe, expect, it } from 'vitest'
import type { HistoryStatistics, Trend } from '../../../types'
import { countWords, figureParts } from '../../../utils/history/historySentence'

const NOTHING = { n: 0 }
const statistics: HistoryStatistics = {
  runs: 312,
  scenes: 1_240,
  excludedCached: 6,
  byMetric: {
    duration: { n: 1_200, p50: 80_000 },
    successRate: { n: 312, avg: 0.92 },
    gpuVramFree: NOTHING,
    gpuUtilization: NOTHING,
    attempts: NOTHING,
    queueWait: NOTHING,
  },
}
const trend = (overrides: Partial<Trend>): Trend => ({
  metric: 'duration',
  points: [],
  changePoints: [],
  verdict: 'cannot tell',
  n: 5,
  ...overrides,
})
const change = {
  runId: 'a',
  timestamp: new Date(2026, 10, 12, 12).getTime(),
  ratio: 1.31,
  low: 1.2,
  high: 1.43,
  p: 0.001,
  differs: ['driver 570'],
}
const texts = (parts: readonly { readonly text: string }[]) => parts.map(({ text }) => text)

describe('the line above the table', () => {
  it('counts what matches of all', () => {
    expect(countWords(312, 4_120)).toBe('312 of 4,120 runs')
    expect(countWords(4_120, undefined)).toBe('4,120 runs')
    expect(countWords(1, undefined)).toBe('1 run')
  })

  it('gives success, median and since when it is slower, each with what it rests on', () => {
    const parts = figureParts(statistics, trend({ verdict: 'worse', n: 312, changePoints: [change] }))
    expect(texts(parts)).toEqual([
      '92\u202f% success',
      'median scene 1\u202fm 20\u202fs',
      expect.stringMatching(/^slower since .*12/),
    ])
    expect(parts[1]?.basis).toBe('Median of 1,240 scenes in 312 runs; 6 cached scenes left out')
    expect(parts[2]).toMatchObject({ shape: 'worse', basis: expect.stringContaining('1.20–1.43') })
  })

  it('turns the ratio and its interval the way its word goes', () => {
    const faster = { ...change, ratio: 0.8, low: 0.7, high: 0.9 }
    const parts = figureParts(statistics, trend({ verdict: 'better', n: 312, changePoints: [faster] }))
    expect(parts[2]?.basis).toContain('1.25× faster (1.11–1.43)')
  })

  it('says that it cannot tell, and leaves out what was not measured', () => {
    const bare = {
      ...statistics,
      byMetric: { ...statistics.byMetric, duration: NOTHING, successRate: NOTHING },
    }
    expect(texts(figureParts(bare, trend({})))).toEqual(['cannot tell yet: 3 more runs needed'])
    expect(texts(figureParts(bare, trend({ n: 40 })))).toEqual(['cannot tell yet whether it changed'])
    expect(texts(figureParts(bare, trend({ verdict: 'same' })))).toEqual(['no change shown'])
    expect(figureParts(bare, undefined)).toEqual([])
  })
})
