import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../services/shared/createRandom'
import { bestSplit, eDivisive } from '../../../services/statistics/eDivisive'
import { expectClose, expected } from './expected'

/** Values in [0, 0.2) that step up at these places. */
function stepped(size: number, ...steps: readonly number[]): readonly number[] {
  const random = createRandom(4).next
  return Array.from({ length: size }, (_, i) => random() * 0.2 + steps.filter((at) => i >= at).length)
}

describe('eDivisive', () => {
  it.each(expected.splits)('splits where brute force does ($values.length values)', (wanted) => {
    const { index, energy } = bestSplit(Float64Array.from(wanted.values))
    expect(index).toBe(wanted.index)
    expectClose(energy, wanted.energy)
  })

  it('finds one change where there is one, and each of two', () => {
    expect(eDivisive(stepped(20, 8))).toEqual([{ index: 8, p: 1 / 500 }])
    expect(eDivisive(stepped(60, 20, 41)).map(({ index }) => index)).toEqual([20, 41])
  })

  it('is silent under 8 values, about identical ones, and about what is not worth naming', () => {
    expect(eDivisive([])).toEqual([])
    expect(eDivisive([1, 1, 1, 9, 9, 9, 9])).toEqual([])
    expect(eDivisive(Array(50).fill(3))).toEqual([])
    expect(eDivisive(stepped(20, 8), () => false)).toEqual([])
  })

  it('asks of each split whether it is worth naming, and looks on either side of one that is not', () => {
    const asked: (readonly number[])[] = []
    const splits = eDivisive(stepped(60, 20, 41), (from, at, to) => {
      asked.push([from, at, to])
      return asked.length > 1
    })
    expect(asked).toHaveLength(2)
    expect(splits).toHaveLength(1)
    for (const [from = 0, at = 0, to = 0] of asked) {
      expect([20, 41]).toContain(at)
      expect(from).toBeLessThan(at)
      expect(to).toBeGreaterThan(at)
    }
  })

  it('raises no more than 3 in 100 false alarms', () => {
    const random = createRandom(11).next
    const alarms = Array.from({ length: 600 }, () =>
      eDivisive(Array.from({ length: 12 }, () => random() + random())),
    ).filter((splits) => splits.length > 0)
    expect(alarms.length / 600).toBeLessThanOrEqual(0.044)
  })

  it('says the same of the same series, p within 0.03, places in order with 4 values on each side', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 24 }), (values) => {
        const splits = eDivisive(values)
        expect(eDivisive(values)).toEqual(splits)
        const places = [0, ...splits.map(({ index }) => index), values.length]
        for (const { p } of splits) expect(p).toBeLessThanOrEqual(0.03)
        if (splits.length > 0)
          for (const [i, place] of places.slice(1).entries())
            expect(place - (places[i] ?? 0)).toBeGreaterThanOrEqual(4)
      }),
      { numRuns: 50 },
    )
  })
})
