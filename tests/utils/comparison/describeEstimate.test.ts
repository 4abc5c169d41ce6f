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
        phrase: 'slower than all 34 like runs (1 in 35 by chance)',
      },
    ],
    [
      'of one that few were slower than',
      'duration',
      { p: 3 / 35, likely: true },
      { word: 'likely slower', phrase: 'likely slower than 32 of 34 like runs (3 in 35 by chance)' },
    ],
    [
      'of a faster one, as how many times faster',
      'duration',
      { value: 0.8, verdict: 'better', p: 1 / 35 },
      {
        shape: 'better',
        word: 'faster',
        size: '1.25×',
        phrase: 'faster than all 34 like runs (1 in 35 by chance)',
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
      { shape: 'unknown', word: 'no change shown', size: '1.02×' },
    ],
    [
      'of an interval that holds both',
      'duration',
      { verdict: 'cannot tell', value: 1.15, low: 0.98, high: 1.34, test: 'Hodges–Lehmann' },
      { word: 'cannot tell', size: '1.15×', interval: '0.98–1.34', intervalName: '95\u202f% interval' },
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
      'of a success rate that fell, as failures that rose',
      'failures',
      { value: -0.08, low: -0.2, high: 0.04, test: 'Newcombe' },
      {
        word: 'more failures',
        size: 'failures +8\u202fpoints:',
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
        phrase: 'more VRAM used than all 34 like runs (1 in 35 by chance)',
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
      describeEstimate(estimate({ verdict: 'cannot tell', moreRunsNeeded: 3, n: 0 }), 'duration').sentence,
    ).toBe('Scene duration: cannot tell yet: 3 more runs needed')
  })

  it('says that nothing is like it where there is no estimate', () => {
    expect(describeEstimate(undefined, 'duration')).toMatchObject({
      shape: 'unknown',
      phrase: 'cannot tell: no earlier run is like it',
    })
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
