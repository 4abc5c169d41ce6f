import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endNames, signPlaces } from '../../../utils/charts/traceMarks'
import { traceTargets, type PlacedTrace } from '../../../utils/charts/traceTargets'

const TEXT = { time: (at: number) => `${at} ms`, value: (value: number) => `${value} GB`, what: 'free' }

/** A place a pixel and millisecond in each stretch; its height is its value. */
const line = (
  id: string,
  value: number,
  ...stretches: readonly (readonly [number, number])[]
): PlacedTrace => ({
  id,
  name: id,
  series: 1,
  parts: stretches.map(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ at: from + i, value, x: from + i, y: value })),
  ),
})
const told = (lines: readonly PlacedTrace[], at: number): string | undefined =>
  traceTargets(lines, TEXT)
    .find(({ x }) => x === at)
    ?.tip(0).value

describe('what can be pointed at in a trace', () => {
  it('is each reading of a line alone', () => {
    const { name: _, ...alone } = line('A', 5, [0, 4])
    expect(traceTargets([alone], TEXT).map(({ tip }) => tip(0))).toEqual(
      [0, 1, 2, 3, 4].map((at) => ({ title: `${at} ms`, value: '5 GB free' })),
    )
  })

  it('is a moment of all lines, with what each says then', () => {
    const lines = [line('A', 5, [0, 30]), line('B', 7, [0, 9], [21, 30])]
    expect(told(lines, 6)).toBe('A: 5 GB, B: 7 GB')
    expect(told(lines, 15)).toBe('A: 5 GB, B: not measured')
    expect(told([line('A', 5, [0, 30]), line('B', 7, [0, 9])], 27)).toBe('A: 5 GB, B: no more readings')
  })

  it('has a mark on every line that has a value there and on no other', () => {
    const [, , third] = traceTargets([line('A', 5, [0, 9]), line('B', 7, [0, 1]), line('C', 9, [0, 9])], TEXT)
    expect(third?.marks).toEqual([
      { x: 6, y: 5 },
      { x: 6, y: 9 },
    ])
  })

  it('goes from left to right, whichever lines the moments are of', () => {
    const xs = traceTargets([line('A', 5, [40, 60]), line('B', 7, [0, 50])], TEXT).map(({ x }) => x)
    expect(xs).toEqual(xs.toSorted((a, b) => a - b))
    expect(new Set(xs).size).toBe(xs.length)
  })
})

describe('the signs and names of lines', () => {
  it('stand on the line, begin at different places and come again and again', () => {
    const places = [1, 2, 3].map((series) => signPlaces({ ...line('A', 5, [0, 300]), series }))
    expect(places.map(([first]) => first?.x)).toEqual([0, 16, 32])
    expect(places.every((each) => each.length >= 3)).toBe(true)
  })

  it('are never one over another, and never below the axis', () => {
    const ends = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 240 }) }),
      {
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(ends, (places) => {
        const lines = places.map(({ x, y }, i) => ({
          id: String(i),
          short: String(i),
          series: 1,
          parts: [[{ at: 0, value: 0, x, y }]],
        }))
        const names = endNames(lines, 240)
        expect(names).toHaveLength(places.length)
        for (const [i, a] of names.entries()) {
          expect(a.y).toBeLessThanOrEqual(240)
          for (const b of names.slice(i + 1))
            expect(Math.abs(a.x - b.x) >= 14 || Math.abs(a.y - b.y) >= 12).toBe(true)
        }
      }),
    )
  })
})
