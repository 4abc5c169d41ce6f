import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile, quantileOfSorted } from '../../../services/statistics/quantile'
import { summarize } from '../../../services/statistics/summarize'
import { expectClose, expected } from './expected'

const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { maxLength: 30 })

describe('summarize', () => {
  it.each(expected.summaries)('agrees with numpy ($values.length values)', (wanted) => {
    const summary = summarize(wanted.values)
    for (const name of ['avg', 'min', 'max', 'stdDev', 'p50', 'p95'] as const)
      expectClose(summary[name], wanted[name])
    expectClose(quantile(wanted.values, 0.33), wanted.p33)
  })

  it('says how many there are and no more of none, and nothing of the spread of one', () => {
    expect(summarize([])).toEqual({ n: 0 })
    expect(summarize([7])).toEqual({ n: 1, avg: 7, min: 7, max: 7, p50: 7, p95: 7 })
    expect(quantileOfSorted([], 0.5)).toBeUndefined()
  })

  it('leaves out what is no finite number', () => {
    expect(summarize([NaN, 3, Infinity, 1, -Infinity, NaN])).toEqual(summarize([1, 3]))
    expect(summarize([NaN, -Infinity])).toEqual({ n: 0 })
  })

  it('keeps the digits of small differences between large values', () => {
    expectClose(summarize([1e12 + 1, 1e12 + 2, 1e12 + 3]).stdDev, 1)
  })

  it('is the same in any order, leaves its input alone, lies within the extremes and is never NaN', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const before = [...values]
        const summary = summarize(values)
        expect(values).toEqual(before)
        expect(summarize([...values].reverse())).toEqual(summary)
        for (const value of Object.values(summary)) expect(value).not.toBeNaN()
        for (const name of ['avg', 'p50', 'p95'] as const) {
          const value = summary[name]
          if (value === undefined) continue
          expect(value).toBeGreaterThanOrEqual(summary.min ?? NaN)
          expect(value).toBeLessThanOrEqual(summary.max ?? NaN)
        }
      }),
    )
  })

  it('finds no spread in identical values', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0),
        fc.integer({ min: 2, max: 50 }),
        (value, n) => {
          const summary = summarize(Array.from({ length: n }, () => value))
          expect(summary).toMatchObject({
            n,
            avg: value,
            min: value,
            max: value,
            stdDev: 0,
            p50: value,
            p95: value,
          })
        },
      ),
    )
  })
})
