import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hodgesLehmann } from '../../../services/statistics/hodgesLehmann'
import { mannWhitney } from '../../../services/statistics/mannWhitney'
import { meanShift } from '../../../services/statistics/meanShift'
import { normalCdf } from '../../../services/statistics/normal'
import { studentT95 } from '../../../services/statistics/studentT'
import { expectClose, expected, kindsOf } from './expected'

const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 14 })
const kinds = fc.array(fc.record({ x: sample, y: sample }), { minLength: 1, maxLength: 3 })
type Kinds = readonly { x: readonly number[]; y: readonly number[] }[]
const swap = (given: Kinds) => given.map(({ x, y }) => ({ x: y, y: x }))
const reverse = (given: Kinds) =>
  [...given].reverse().map(({ x, y }) => ({ x: [...x].reverse(), y: [...y].reverse() }))

describe('normalCdf and studentT95', () => {
  it.each(expected.normals)('agrees with scipy at $z', ({ z, p }) => {
    expect(Math.abs(normalCdf(z) - p)).toBeLessThanOrEqual(1e-9 * p)
  })

  it.each(expected.student)('agrees with scipy for $degrees degrees of freedom', ({ degrees, t }) =>
    expectClose(studentT95(degrees), t),
  )
})

describe('mannWhitney', () => {
  it.each(expected.mannWhitneys)('agrees with scipy and brute force (U = $u)', (wanted) => {
    const test = mannWhitney(kindsOf(wanted.kinds))
    expectClose(test?.u, wanted.u)
    expectClose(test?.p, wanted.p)
  })

  it('reaches 0.10 at the least with 3 against 3, 0.029 with 4 against 4, 0.008 with 5 against 5', () => {
    const least = (n: number): number | undefined =>
      mannWhitney([
        { x: Array.from({ length: n }, (_, i) => i), y: Array.from({ length: n }, (_, i) => n + i) },
      ])?.p
    expect(least(3)).toBeCloseTo(0.1, 12)
    expect(least(4)).toBeCloseTo(2 / 70, 12)
    expect(least(5)).toBeCloseTo(2 / 252, 12)
  })

  it('is absent where no kind has both samples, and sees nothing in identical values', () => {
    expect(mannWhitney([])).toBeUndefined()
    expect(mannWhitney([{ x: [1], y: [] }])).toBeUndefined()
    expect(mannWhitney([{ x: [2, 2], y: [2, 2, 2] }])?.p).toBe(1)
    expect(mannWhitney([{ x: Array(20).fill(2), y: Array(20).fill(2) }])?.p).toBe(1)
  })

  it('has the same p for swapped samples and any order, within 0 and 1', () => {
    fc.assert(
      fc.property(kinds, (given) => {
        const p = mannWhitney(given)?.p
        expectClose(mannWhitney(swap(given))?.p, p)
        expectClose(mannWhitney(reverse(given))?.p, p)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('hodgesLehmann', () => {
  it.each(expected.hodgesLehmanns)('agrees with brute force (shift $value)', (wanted) => {
    const shift = hodgesLehmann(kindsOf(wanted.kinds))
    expectClose(shift?.value, wanted.value)
    expectClose(shift?.low, wanted.low)
    expectClose(shift?.high, wanted.high)
  })

  it('has no interval for 3 against 3, one for 4 against 4, and nothing without pairs', () => {
    expect(hodgesLehmann([{ x: [1, 2, 3], y: [4, 5, 6] }])).toEqual({ value: -3 })
    expect(hodgesLehmann([{ x: [1, 2, 3, 4], y: [5, 6, 7, 8] }])).toEqual({ value: -4, low: -7, high: -1 })
    expect(hodgesLehmann([{ x: [], y: [1] }])).toBeUndefined()
  })

  it('turns around when the samples are swapped, whatever their order', () => {
    fc.assert(
      fc.property(kinds, (given) => {
        const [there, back] = [hodgesLehmann(given), hodgesLehmann(swap(given))]
        expectClose(back?.value, there && -there.value)
        expectClose(back?.low, there?.high === undefined ? undefined : -there.high)
        expectClose(back?.high, there?.low === undefined ? undefined : -there.low)
        expect(hodgesLehmann(reverse(given))).toEqual(there)
      }),
    )
  })

  it('finds the shift that was made, and moves with it', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: -50, max: 50 }), (x, by) => {
        const shift = hodgesLehmann([{ x: x.map((value) => value + by), y: x }])
        expectClose(shift?.value, by)
      }),
    )
  })

  it('answers for thousands of values without laying out their pairs', () => {
    const x = Array.from({ length: 20_000 }, (_, i) => i)
    const shift = hodgesLehmann([{ x: x.map((value) => value + 7), y: x }])
    expect(shift?.value).toBe(7)
  })
})

describe('meanShift', () => {
  it.each(expected.meanShifts)('agrees with Welch by scipy (shift $value)', (wanted) => {
    const shift = meanShift(wanted.x, wanted.y)
    expectClose(shift?.value, wanted.value)
    expectClose(shift?.low, wanted.low)
    expectClose(shift?.high, wanted.high)
  })

  it('has no interval for a single value and nothing for none', () => {
    expect(meanShift([3], [1, 2])).toEqual({ value: 1.5 })
    expect(meanShift([], [1])).toBeUndefined()
    expect(meanShift([2, 2], [1, 1])).toEqual({ value: 1, low: 1, high: 1 })
  })
})
