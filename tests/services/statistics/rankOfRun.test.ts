import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankOfRun } from '../../../services/statistics/rankOfRun'

/** So many ratios around 1, the largest 1.04, the smallest 0.96. */
const around = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => 0.96 + (0.08 * i) / Math.max(1, n - 1))

describe('rankOfRun', () => {
  it('says how many more it needs until 9 are there', () => {
    expect(rankOfRun(2, [], 'worse')).toMatchObject({ n: 0, verdict: 'cannot tell', moreRunsNeeded: 9 })
    expect(rankOfRun(2, around(8), 'worse')).toMatchObject({ verdict: 'cannot tell', moreRunsNeeded: 1 })
  })

  it('calls what exceeds 9 likely, what exceeds 19 by 5 % clear', () => {
    expect(rankOfRun(2, around(9), 'worse')).toMatchObject({ p: 0.1, verdict: 'worse', likely: true })
    expect(rankOfRun(2, around(18), 'worse')).toMatchObject({ verdict: 'worse', likely: true })
    const clear = rankOfRun(2, around(19), 'worse')
    expect(clear).toMatchObject({ p: 0.05, verdict: 'worse' })
    expect(clear).not.toHaveProperty('likely')
    expect(rankOfRun(1.045, around(19), 'worse')).toMatchObject({ p: 0.05, verdict: 'worse', likely: true })
  })

  it('judges the lower side as well, and the other way round where higher is better', () => {
    expect(rankOfRun(0.5, around(19), 'worse')).toMatchObject({ p: 0.05, verdict: 'better' })
    expect(rankOfRun(0.5, around(19), 'better')).toMatchObject({ p: 0.05, verdict: 'worse' })
    expect(rankOfRun(2, around(19), 'better')).toMatchObject({ verdict: 'better' })
  })

  it('shows no change in the middle, and in identical values', () => {
    const middle = rankOfRun(1, around(19), 'worse')
    expect(middle.verdict).toBe('cannot tell')
    expect(middle).not.toHaveProperty('moreRunsNeeded')
    expect(rankOfRun(1, Array(30).fill(1), 'worse')).toMatchObject({
      p: 1,
      low: 1,
      high: 1,
      verdict: 'cannot tell',
    })
  })

  it('calls nothing worse that is below the usual, nor better what is above, whatever its rank', () => {
    const low = around(30).map((ratio) => ratio - 0.5)
    expect(rankOfRun(0.9, low, 'worse')).toMatchObject({ p: 1 / 31, verdict: 'cannot tell' })
    const high = around(30).map((ratio) => ratio + 0.5)
    expect(rankOfRun(1.1, high, 'worse')).toMatchObject({ p: 1 / 31, verdict: 'cannot tell' })
    const ratio = fc.double({ min: 0.1, max: 10, noNaN: true })
    fc.assert(
      fc.property(ratio, fc.array(ratio, { minLength: 9, maxLength: 40 }), (one, baseline) => {
        const { verdict } = rankOfRun(one, baseline, 'worse')
        if (verdict === 'worse') expect(one).toBeGreaterThan(1)
        if (verdict === 'better') expect(one).toBeLessThan(1)
      }),
    )
  })

  it('gives the interval against the greatest and the least, from 5 of them', () => {
    expect(rankOfRun(2, around(4), 'worse')).not.toHaveProperty('low')
    const { low, high } = rankOfRun(2, [0.5, 1, 1, 1, 4], 'worse')
    expect([low, high]).toEqual([0.5, 4])
  })

  it('does not depend on the order of the baseline', () => {
    const ratio = fc.double({ min: 0.1, max: 10, noNaN: true })
    fc.assert(
      fc.property(ratio, fc.array(ratio, { maxLength: 30 }), (one, baseline) => {
        const estimate = rankOfRun(one, baseline, 'worse')
        expect(rankOfRun(one, [...baseline].reverse(), 'worse')).toEqual(estimate)
        for (const value of Object.values(estimate)) expect(value).not.toBeNaN()
      }),
    )
  })
})
