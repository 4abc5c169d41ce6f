import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationAt, placeOf, readDuration, writeDuration } from '../../../utils/filter/durationScale'

const bars = [
  { from: 0, to: 1_000, count: 1 },
  { from: 1_000, to: 1_585, count: 3 },
  { from: 1_585, to: 2_512, count: 0 },
]

describe('a slider over a histogram', () => {
  it('goes up with the duration, and stays on it', () => {
    const ms = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(ms, ms, (a, b) => {
        if (a <= b) expect(placeOf(bars, a)).toBeLessThanOrEqual(placeOf(bars, b))
        expect(placeOf(bars, a)).toBeLessThanOrEqual(bars.length)
      }),
    )
  })

  it('comes back to about the same duration', () => {
    for (const ms of [1_000, 1_300, 2_000]) expect(durationAt(bars, placeOf(bars, ms)) / ms).toBeCloseTo(1, 0)
  })

  it('stands at 0 without any bar', () => {
    expect([placeOf([], 5), durationAt([], 3)]).toEqual([0, 0])
  })
})

describe('a duration as it is written', () => {
  it.each([
    ['90', 90_000],
    ['1.5m', 90_000],
    [' 2 h ', 7_200_000],
    ['-5s', undefined],
    ['fast', undefined],
  ])('%s', (text, ms) => expect(readDuration(text)).toBe(ms))

  it('comes back', () => expect(writeDuration(90_000)).toBe('90s'))
})
