import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLine, findHoles } from '../../../utils/charts/breakLines'
import { layOutDuration } from '../../../utils/charts/durationLayout'
import { shapeDuration } from '../../../utils/charts/durationShape'
import { durationTargets } from '../../../utils/charts/durationTargets'
import { envelope } from '../../../utils/charts/envelope'
import { layFlags } from '../../../utils/charts/layFlags'
import { durationChart, FIRST_AT, pointAt } from './builders'

const HOUR = 3_600_000
const timeoutAt = (index: number, value: number) => ({
  kind: 'timeout' as const,
  runId: `run-${index}`,
  sceneId: 'scene-001',
  at: pointAt(index).at,
  value,
})

describe('what a duration chart draws', () => {
  it('is a line side by side up to 50 runs, by time from there, an envelope over 200', () => {
    expect(shapeDuration(durationChart(50), false).x.by).toBe('run')
    const byTime = shapeDuration(durationChart(51), false)
    expect(byTime.x.by).toBe('time')
    expect(byTime.line).toHaveLength(1)
    const many = shapeDuration(durationChart(201), false)
    expect(many.line).toEqual([])
    expect(many.envelope).toHaveLength(1)
  })

  it('begins at 0 unless the log scale was chosen where it is offered', () => {
    const wild = durationChart(20, {
      points: [...durationChart(19).points, pointAt(19, { value: 1_700_000 })],
    })
    expect(shapeDuration(wild, false)).toMatchObject({
      isLogOffered: true,
      y: { scale: 'linear', domain: [0, 1_800_000] },
    })
    const log = shapeDuration(wild, true).y
    expect(log.scale).toBe('log')
    expect(log.domain[0]).toBeGreaterThan(0)
    expect(shapeDuration(durationChart(20), true)).toMatchObject({
      isLogOffered: false,
      y: { scale: 'linear' },
    })
  })

  it('breaks the line at a run without a duration instead of bridging it', () => {
    const shape = shapeDuration(
      durationChart(5, { unmeasured: [{ runId: 'u', at: FIRST_AT + 1.5 * HOUR }], unmeasuredCount: 1 }),
      false,
    )
    expect(shape.line.map((part) => part.length)).toEqual([2, 3])
    expect(shape.x.placeOf({ runId: 'u', at: 0 })).toBe(2)
  })

  it('keeps far limits off the axis, in a strip of their own, so that the line is not pressed flat', () => {
    const far = shapeDuration(durationChart(10, { marks: [timeoutAt(3, 600_000)] }), false)
    expect(far.y.domain[1]).toBeLessThan(200_000)
    expect(far.above).toHaveLength(1)
    expect(far.limits).toEqual([])
    const near = shapeDuration(durationChart(10, { marks: [timeoutAt(3, 120_000)] }), false)
    expect(near.above).toEqual([])
    expect(near.limits).toEqual([120_000])
  })

  it('never leaves its plot without room, nor anything beyond its edge', () => {
    const chart = durationChart(10, {
      marks: [timeoutAt(3, 600_000)],
      unmeasured: [{ runId: 'u', at: FIRST_AT }],
      unmeasuredCount: 1,
    })
    const { box, height, laneY } = layOutDuration(chart, shapeDuration(chart, false), 360, 120)
    expect(box.height).toBeGreaterThanOrEqual(44)
    expect(height).toBeGreaterThan(laneY)
    expect(height).toBeGreaterThan(box.top + box.height)
  })

  it('puts every run, mark and lane entry among the targets, from left to right, and hides what the legend hides', () => {
    const chart = durationChart(6, {
      marks: [timeoutAt(3, 600_000)],
      unmeasured: [{ runId: 'u', at: FIRST_AT + 9 * HOUR }],
      unmeasuredCount: 1,
    })
    const shape = shapeDuration(chart, false)
    const layout = layOutDuration(chart, shape, 640, 240)
    const all = durationTargets(chart, shape, layout, new Set())
    expect(all).toHaveLength(8)
    expect(all.map(({ x }) => x)).toEqual(all.map(({ x }) => x).sort((a, b) => a - b))
    expect(all.at(-1)?.runId).toBe('u')
    expect(durationTargets(chart, shape, layout, new Set(['timeout', 'unmeasured']))).toHaveLength(6)
  })
})

describe('an envelope', () => {
  it('loses neither the fastest nor the slowest run', () => {
    const points = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 1e9 }), value: fc.integer({ min: 1, max: 1e7 }) }),
      { minLength: 1, maxLength: 600 },
    )
    fc.assert(
      fc.property(points, (unsorted) => {
        const sorted = unsorted.toSorted((a, b) => a.at - b.at)
        const buckets = envelope(sorted)
        expect(Math.max(...buckets.map(({ high }) => high))).toBe(
          Math.max(...sorted.map(({ value }) => value)),
        )
        expect(Math.min(...buckets.map(({ low }) => low))).toBe(Math.min(...sorted.map(({ value }) => value)))
        expect(buckets.every(({ low, high }) => low <= high)).toBe(true)
        expect(buckets.map(({ at }) => at)).toEqual(buckets.map(({ at }) => at).sort((a, b) => a - b))
      }),
    )
  })
})

describe('broken lines', () => {
  it('keep every point, in order, and never hold a break between two points of a part', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(times, times, (at, cuts) => {
        const points = at.toSorted((a, b) => a - b).map((each) => ({ at: each }))
        const breaks = cuts.toSorted((a, b) => a - b)
        const parts = breakLine(points, breaks)
        expect(parts.flat()).toEqual(points)
        for (const part of parts)
          for (let i = 1; i < part.length; i++)
            expect(breaks.some((cut) => cut > (part[i - 1]?.at ?? 0) && cut < (part[i]?.at ?? 0))).toBe(false)
      }),
    )
  })

  it('take a long silence for a hole, and the usual distance for none', () => {
    const even = Array.from({ length: 60 }, (_, i) => i * HOUR)
    expect(findHoles(even)).toEqual([])
    expect(findHoles([...even, 59 * HOUR + 30 * 24 * HOUR])).toHaveLength(1)
    expect(findHoles([])).toEqual([])
  })
})

describe('flags of change points', () => {
  const flag = (x: number) => ({ x, text: '1.31× slower from 12 Nov · driver 570', short: '1.31× slower' })

  it('say everything where there is room, from the other side at the right edge', () => {
    expect(layFlags([flag(100), flag(780)], 56, 800)).toMatchObject([
      { text: flag(0).text, row: 0, side: 'start' },
      { text: flag(0).text, row: 0, side: 'end' },
    ])
  })

  it('grow shorter before they overlap, and are bare at last', () => {
    const crowd = layFlags(
      Array.from({ length: 12 }, (_, i) => flag(60 + i * 20)),
      56,
      320,
    )
    expect(crowd.map(({ text }) => text)).toContain('1.31× slower')
    expect(crowd.at(-1)?.text).toBe('')
  })
})
