import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kaplanMeier, survivalQuantile, type Lifetime } from '../../../services/statistics/kaplanMeier'
import { expectClose, expected } from './expected'

const lifetime: fc.Arbitrary<Lifetime> = fc.record({
  time: fc.integer({ min: 1, max: 20 }),
  isCensored: fc.boolean(),
})

describe('kaplanMeier', () => {
  it.each(expected.survivals)('agrees with lifelines ($durations.length lifetimes)', (wanted) => {
    const steps = kaplanMeier(
      wanted.durations.map((time, i) => ({ time, isCensored: wanted.ended[i] === 0 })),
    )
    expect(steps.map(({ time }) => time)).toEqual(wanted.steps.map(([time]) => time))
    for (const [i, [, survival, low, high]] of wanted.steps.entries()) {
      expectClose(steps[i]?.survival, survival)
      expectClose(steps[i]?.low, low)
      expectClose(steps[i]?.high, high)
    }
    for (const { share, value, low, high } of wanted.quantiles) {
      const quantile = survivalQuantile(steps, share)
      expectClose(quantile?.value, value)
      if (value === null) continue
      expectClose(quantile?.low, low)
      expectClose(quantile?.high, high)
    }
  })

  it('cannot estimate what the curve never reaches', () => {
    const steps = kaplanMeier([
      { time: 5, isCensored: false },
      { time: 9, isCensored: true },
      { time: 9, isCensored: true },
    ])
    expect(survivalQuantile(steps, 0.5)).toBeUndefined()
    expect(survivalQuantile(steps, 0.3)).toEqual({ value: 5, low: 5 })
    expect(kaplanMeier([])).toEqual([])
  })

  it('falls from 1 to 0 within its bounds, in any order of the lifetimes', () => {
    fc.assert(
      fc.property(fc.array(lifetime, { maxLength: 30 }), (lifetimes) => {
        const steps = kaplanMeier(lifetimes)
        expect(kaplanMeier([...lifetimes].reverse())).toEqual(steps)
        let before = 1
        for (const { survival, low, high = 1 } of steps) {
          expect(survival).toBeLessThan(before)
          expect(low).toBeLessThanOrEqual(survival)
          expect(high).toBeGreaterThanOrEqual(survival)
          before = survival
        }
      }),
    )
  })
})
