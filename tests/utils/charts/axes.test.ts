import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationTicks, formatDurationTick, logDurationTicks } from '../../../utils/charts/durationAxis'
import { gigabyteTicks } from '../../../utils/charts/gpuShape'
import { linearScale, logScale } from '../../../utils/charts/scale'
import { dayOrClock, timeTicks } from '../../../utils/charts/timeAxis'

const texts = (ticks: readonly number[]): readonly string[] =>
  ticks.map((tick) => formatDurationTick(tick).replaceAll('\u202f', ' '))

describe('ticks of durations', () => {
  it('stand at steps that people count in', () => {
    expect(texts(durationTicks(130_000))).toEqual(['0 s', '30 s', '1 m', '1 m 30 s', '2 m', '2 m 30 s'])
    expect(texts(durationTicks(9 * 60_000))).toEqual(['0 s', '2 m', '4 m', '6 m', '8 m', '10 m'])
    expect(texts(durationTicks(2_000))).toEqual(['0 s', '0.5 s', '1 s', '1.5 s', '2 s'])
  })

  it('begin at 0, are at most 6, and reach over whatever is shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (max) => {
        const ticks = durationTicks(max)
        expect(ticks[0]).toBe(0)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-12))
      }),
    )
  })

  it('of a log axis ascend, are at most 6, and hold both ends between them', () => {
    const value = fc.double({ min: 1, max: 1e8, noNaN: true })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const ticks = logDurationTicks(low, high)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks[0]).toBeLessThanOrEqual(low)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high)
        expect([...ticks].sort((x, y) => x - y)).toEqual(ticks)
      }),
    )
  })
})

describe('ticks of memory', () => {
  it('are at most 6 and reach over whatever is shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 2 ** 42, noNaN: true }), (max) => {
        const ticks = gigabyteTicks(max)
        expect(ticks[0]).toBe(0)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max)
      }),
    )
  })
})

describe('ticks of time', () => {
  const day = (date: number, hour = 0): number => new Date(2026, 10, date, hour).getTime()

  it('of days stand at midnight here, whatever hour the chart begins at', () => {
    const ticks = timeTicks(day(1, 13), day(6, 4), 6)
    expect(ticks.map(({ at }) => new Date(at).getHours())).toEqual([0, 0, 0, 0, 0])
  })

  it('lie within the span, ascend, and are no more than there is room for', () => {
    const span = fc.tuple(fc.integer({ min: day(1), max: day(28) }), fc.integer({ min: 1, max: 4e11 }))
    fc.assert(
      fc.property(span, fc.integer({ min: 2, max: 6 }), ([from, wide], most) => {
        const places = timeTicks(from, from + wide, most).map(({ at }) => at)
        expect(places.length).toBeLessThanOrEqual(most)
        expect(places.every((at) => at >= from && at <= from + wide)).toBe(true)
        expect([...places].sort((a, b) => a - b)).toEqual(places)
      }),
    )
  })

  it('of runs name a day once and then the clock', () => {
    const [first, second, third] = dayOrClock([day(1, 2), day(1, 5), day(2, 3)])
    expect(first).toMatch(/1/)
    expect(second).toBe('05:00')
    expect(third).toMatch(/2/)
  })

  it('of a single day name it all the same', () => {
    expect(dayOrClock([day(14, 2), day(14, 3)])[0]).toMatch(/14.*02:00/)
  })
})

describe('scales', () => {
  const value = fc.double({ min: 1, max: 1e7, noNaN: true })

  it('lead back to the value that they came from', () => {
    for (const scaleOf of [linearScale, logScale])
      fc.assert(
        fc.property(value, (each) => {
          const scale = scaleOf([1, 1e7], [300, 0])
          expect(scale.invert(scale(each))).toBeCloseTo(each, -2)
        }),
      )
  })

  it('place what a log axis cannot show at its lower end', () => {
    expect(logScale([10, 1_000], [100, 0])(0)).toBe(100)
  })

  it('of no width place all in the middle', () => {
    expect(linearScale([5, 5], [0, 100])(5)).toBe(50)
  })
})
