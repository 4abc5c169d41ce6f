import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RANK_TEST } from '../../../services/statistics/rankOfRun'
import type { Estimate } from '../../../types'
import { describeEstimate } from '../../../utils/comparison/describeEstimate'
import type { Aspect } from '../../../utils/comparison/aspects'

const estimate = (fields: Partial<Estimate>): Estimate => ({
  value: 1.23,
  n: 34,
  test: RANK_TEST,
  verdict: 'worse',
  ...fields,
})

describe('an estimate in words', () => {
  it.each<[string, Aspect, Partial<Estimate>, Partial<ReturnType<typeof describeEstimate>>]>([
    [
      'of the slowest of all',
      'duration',
      { p: 1 / 35 },
      {
        shape: 'worse',
        word: 'slower',
        size: '1.23×',
        phrase: 'slower than all 34 like runs (by chance alone: 1 in 35)',
      },
    ],
    [
      'of one that few were slower than',
      'duration',
      { p: 3 / 35, likely: true },
      { word: 'likely slower', phrase: 'likely slower than 32 of 34 like runs (by chance alone: 3 in 35)' },
    ],
    [
      'of a faster one, as how many times faster',
      'duration',
      { value: 0.8, verdict: 'better', p: 1 / 35 },
      {
        shape: 'better',
        word: 'faster',
        size: '1.25×',
        phrase: 'faster than all 34 like runs (by chance alone: 1 in 35)',
      },
    ],
    [
      'of too few runs',
      'duration',
      { verdict: 'cannot tell', n: 16, moreRunsNeeded: 3 },
      {
        shape: 'unknown',
        word: 'cannot tell yet: 3 more runs needed',
        phrase: 'cannot tell yet: 3 more runs needed',
      },
    ],
    [
      'of one run too few',
      'failures',
      { verdict: 'cannot tell', value: 0, n: 8, moreRunsNeeded: 1 },
      { word: 'cannot tell yet: 1 more run needed' },
    ],
    [
      'of a run in the midst of the others',
      'duration',
      { verdict: 'cannot tell', value: 1.02, p: 0.4 },
      { shape: 'unknown', word: 'no change shown', size: '1.02× as long:' },
    ],
    [
      'of an interval that holds both',
      'duration',
      { verdict: 'cannot tell', value: 1.15, low: 0.98, high: 1.34, test: 'Hodges–Lehmann' },
      {
        word: 'cannot tell',
        size: '1.15× as long:',
        interval: '0.98–1.34',
        intervalName: '95\u202f% interval',
      },
    ],
    [
      'of a rank-sum test, which ranks no run among others',
      'duration',
      { p: 0.01, low: 1.1, high: 1.4, test: 'Wilcoxon rank sum' },
      { phrase: 'slower', intervalName: '95\u202f% interval' },
    ],
    [
      'of sameness that was shown',
      'duration',
      { verdict: 'same', value: 1 },
      { shape: 'same', word: 'no change shown' },
    ],
    [
      'of an interval of ranks',
      'duration',
      { low: 1.01, high: 1.4, n: 12, p: 1 / 13 },
      { interval: '1.01–1.40', intervalName: 'against the fastest and slowest of 12' },
    ],
    [
      'of a faster one with its interval, which turns with the ratio',
      'duration',
      { value: 0.74, low: 0.55, high: 1.1, n: 50, verdict: 'better', likely: true, p: 2 / 51 },
      { size: '1.35×', word: 'likely faster', interval: '0.91–1.82' },
    ],
    [
      'of more free memory, as how much of it',
      'memory',
      { value: 1.18, low: 1.02, high: 1.3, verdict: 'better', p: 1 / 35 },
      {
        size: '1.18× as much free:',
        word: 'less VRAM used',
        interval: '1.02–1.30',
        intervalName: 'against the most and least of 34',
      },
    ],
    [
      'of a success rate that fell, as failures that rose',
      'failures',
      { value: -0.08, low: -0.2, high: 0.04, test: 'Newcombe' },
      {
        word: 'more failures',
        size: '+8\u202fpoints:',
        interval: '−4\u202fpoints to +20\u202fpoints',
      },
    ],
    [
      'of less free memory, as more that is used',
      'memory',
      { value: 0.8, p: 1 / 35 },
      {
        shape: 'worse',
        word: 'more VRAM used',
        phrase: 'more VRAM used than all 34 like runs (by chance alone: 1 in 35)',
      },
    ],
  ])('%s', (_, aspect, fields, expected) => {
    expect(describeEstimate(estimate(fields), aspect)).toMatchObject(expected)
  })

  it('is read out as a sentence that ends with the judgement', () => {
    expect(describeEstimate(estimate({ value: 1.2, p: 1 / 35 }), 'duration').sentence).toBe(
      'Scene duration: 1.2 times the usual, slower than all 34 like runs, worse',
    )
    expect(
      describeEstimate(estimate({ value: 0.74, verdict: 'better', p: 1 / 35 }), 'duration').sentence,
    ).toBe('Scene duration: 1.4 times as fast as usual, faster than all 34 like runs, better')
    expect(
      describeEstimate(estimate({ verdict: 'cannot tell', moreRunsNeeded: 3, n: 0 }), 'duration').sentence,
    ).toBe('Scene duration: cannot tell yet: 3 more runs needed')
  })

  it('says that nothing is like it where there is no estimate', () => {
    expect(describeEstimate(undefined, 'duration')).toMatchObject({
      shape: 'unknown',
      phrase: 'cannot tell: no earlier run is like it',
    })
  })

  it('shows a ratio inside the interval that it was in', () => {
    const around = fc
      .tuple(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.double({ min: 1.05, max: 3, noNaN: true }),
        fc.constantFrom<Estimate['verdict'][]>('better', 'worse', 'same', 'cannot tell'),
        fc.constantFrom<Aspect[]>('duration', 'memory'),
      )
      .filter(([value, , verdict, aspect]) => aspect === 'memory' || (verdict === 'better') === value < 1)
    fc.assert(
      fc.property(around, ([value, apart, verdict, aspect]) => {
        const given = estimate({ value, low: value / apart, high: value * apart, verdict })
        const { size = '', interval = '' } = describeEstimate(given, aspect)
        const [low = NaN, high = NaN] = interval.split('–').map(Number)
        expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(low)
        expect(Number.parseFloat(size)).toBeLessThanOrEqual(high)
      }),
    )
  })

  it('never calls better what is worse, and never says NaN', () => {
    fc.assert(
      fc.property(
        fc.record({
          value: fc.double({ min: 0.01, max: 100, noNaN: true }),
          n: fc.integer({ min: 0, max: 1_000 }),
          p: fc.double({ min: 0, max: 1, noNaN: true }),
          test: fc.constantFrom(RANK_TEST, 'Mann–Whitney'),
          verdict: fc.constantFrom('better', 'worse', 'same', 'cannot tell'),
        }),
        fc.constantFrom('duration', 'failures', 'memory'),
        (given, aspect) => {
          const words = describeEstimate(given, aspect)
          const text = JSON.stringify(words)
          expect(text).not.toMatch(/NaN|Infinity|undefined/)
          if (given.verdict !== 'worse') expect(words.phrase).not.toMatch(/slower|more (failures|VRAM)/)
          if (given.verdict !== 'better') expect(words.phrase).not.toMatch(/faster|fewer|less/)
        },
      ),
    )
  })
})
