import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GpuTrace } from '../../../types'
import { totalEnergy, traceEnergy } from '../../../utils/run/traceEnergy'

const HOUR = 3_600_000
type Point = readonly [number, number | undefined]
const trace = (points: readonly Point[], gaps: GpuTrace['gaps'] = []): GpuTrace => ({
  source: 'box',
  gaps,
  points: points.map(([at, power]) => ({
    at,
    gpus: [{ index: 0, ...(power === undefined ? {} : { power }) }],
  })),
})
const minutes = (powerAt: (minute: number) => number): GpuTrace =>
  trace(Array.from({ length: 61 }, (_, minute) => [minute * 60_000, powerAt(minute)]))
const at100 = (...times: readonly number[]): readonly Point[] => times.map((at) => [at, 100])

describe('the energy of a trace', () => {
  it('of a steady draw is the draw by the time', () => {
    expect(traceEnergy(minutes(() => 300))).toEqual({ wattHours: 300, measuredMs: HOUR })
  })

  it('of a draw that grows evenly is that of its mean', () => {
    expect(traceEnergy(minutes((minute) => minute * 10))?.wattHours).toBeCloseTo(300, 9)
  })

  it('leaves out what lies in a gap', () => {
    const broken = trace(at100(0, 1_000, 4_000, 5_000), [{ from: 1_500, to: 3_500 }])
    expect(traceEnergy(broken)?.measuredMs).toBe(2_000)
  })

  it('leaves out a hole that nobody named, by the steps between the readings', () => {
    expect(traceEnergy(trace(at100(0, 1_000, 2_000, 62_000, 63_000)))?.measuredMs).toBe(3_000)
  })

  it('bridges no reading that lacks the power', () => {
    const lacking = trace([[0, 100], [1_000, undefined], ...at100(2_000, 3_000)])
    expect(traceEnergy(lacking)?.measuredMs).toBe(1_000)
  })

  it('sums the GPUs, over the time of the one that was measured longest', () => {
    const gpus = [
      { index: 0, power: 200 },
      { index: 1, power: 100 },
    ]
    const two = { source: 'box', gaps: [], points: [0, 1_800, 3_600].map((at) => ({ at, gpus })) }
    expect(traceEnergy(two)?.wattHours).toBeCloseTo(0.3, 9)
    expect(traceEnergy(two)?.measuredMs).toBe(3_600)
  })

  it.each<[string, readonly Point[]]>([
    ['nothing was read', []],
    ['power was read once', [[0, 300]]],
    [
      'power was never read',
      [
        [0, undefined],
        [1_000, undefined],
      ],
    ],
  ])('is not there where %s', (_, points) => expect(traceEnergy(trace(points))).toBeUndefined())

  it('lies between that of the least and that of the greatest draw', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.double({ min: 0, max: 700, noNaN: true }))
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 50 }), (steps) => {
        let at = 0
        const energy = traceEnergy(trace(steps.map(([after, power]) => [(at += after), power])))
        const powers = steps.map(([, power]) => power)
        const hours = (energy?.measuredMs ?? NaN) / HOUR
        expect(energy?.wattHours).toBeGreaterThanOrEqual(Math.min(...powers) * hours - 1e-9)
        expect(energy?.wattHours).toBeLessThanOrEqual(Math.max(...powers) * hours + 1e-9)
      }),
    )
  })
})

it('the energy of several traces is their sum, and says how many were not measured', () => {
  const [low, high] = [minutes(() => 100), minutes(() => 200)]
  expect(totalEnergy([low, trace([]), high])).toEqual({
    energy: { wattHours: 300, measuredMs: 2 * HOUR },
    missing: 1,
  })
  expect(totalEnergy([trace([])])).toEqual({ missing: 1 })
})
