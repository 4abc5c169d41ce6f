import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact } from '../../../services/statistics/fisherExact'
import { newcombe } from '../../../services/statistics/newcombe'
import { wilson } from '../../../services/statistics/wilson'
import { expectClose, expected } from './expected'

const rate = fc
  .integer({ min: 1, max: 300 })
  .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))

describe('wilson', () => {
  it.each(expected.wilsons)('agrees with statsmodels ($count of $of)', ({ count, of, low, high }) => {
    expectClose(wilson(count, of).low, low)
    expectClose(wilson(count, of).high, high)
  })

  it('knows nothing of a rate of none', () => expect(wilson(0, 0)).toEqual({ low: 0, high: 1 }))

  it('holds the rate, stays within 0 and 1 and mirrors the rate of failures', () => {
    fc.assert(
      fc.property(rate, ({ count, of }) => {
        const { low, high } = wilson(count, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(count / of)
        expect(high).toBeGreaterThanOrEqual(count / of)
        expect(high).toBeLessThanOrEqual(1)
        expectClose(1 - wilson(of - count, of).low, high)
      }),
    )
  })
})

describe('fisherExact', () => {
  it.each(expected.newcombes)('agrees with scipy ($rate.count of $rate.of)', ({ rate: one, other, fisher }) =>
    expectClose(fisherExact(one, other), fisher),
  )

  it('is 1 for equal rates and the same for swapped ones', () => {
    expect(fisherExact({ count: 3, of: 3 }, { count: 9, of: 9 })).toBe(1)
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const p = fisherExact(a, b)
        expectClose(fisherExact(b, a), p)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('newcombe', () => {
  it.each(expected.newcombes)('agrees with statsmodels ($rate.count of $rate.of)', (wanted) => {
    const interval = newcombe(wanted.rate, wanted.other)
    expectClose(interval?.low, wanted.low)
    expectClose(interval?.high, wanted.high)
  })

  it('is absent where one of the rates is of none', () => {
    expect(newcombe({ count: 0, of: 0 }, { count: 1, of: 2 })).toBeUndefined()
    expect(newcombe({ count: 1, of: 2 }, { count: 0, of: 0 })).toBeUndefined()
  })

  it('turns around when the rates are swapped, and holds the difference', () => {
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const [there, back] = [newcombe(a, b), newcombe(b, a)]
        if (!there || !back) throw new Error('Both rates count something.')
        expectClose(there.low, -back.high)
        expectClose(there.high, -back.low)
        expect(there.low).toBeLessThanOrEqual(there.value)
        expect(there.high).toBeGreaterThanOrEqual(there.value)
      }),
    )
  })
})
