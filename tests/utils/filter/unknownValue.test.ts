import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facets, TelemetryFilter } from '../../../types'
import { nearValues } from '../../../utils/filter/nearValues'
import { unknownValue } from '../../../utils/filter/unknownValue'

const TITAN = 'cuda:0 NVIDIA TITAN RTX : cudaMallocAsync'
const ADA = 'NVIDIA RTX 4000 Ada'
const GPUS = [TITAN, ADA, 'NVIDIA GeForce RTX 4090', 'RTX 4090 D']

describe('values near to what was written', () => {
  it('are those that begin with it, contain it, have its words, and then the mistyped', () => {
    expect(nearValues('rtx 4090', GPUS)).toEqual(['RTX 4090 D', 'NVIDIA GeForce RTX 4090'])
    expect(nearValues('rtx titan', GPUS)).toEqual([TITAN])
    expect(nearValues('Nigth', ['night', 'nights', 'noon', 'fort-night'])).toEqual(['night'])
    expect(nearValues('day', ['night'])).toEqual([])
  })

  it('are all of them while nothing is written, and always among them', () => {
    expect(nearValues('', GPUS)).toEqual(GPUS)
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        (written, values) => {
          const near = nearValues(written, values)
          expect(near.every((value) => values.includes(value))).toBe(true)
          expect(nearValues(written, [...values, written])).toContain(written)
        },
      ),
    )
  })

  it('of very long texts are told in no time that grows with their product', () => {
    expect(nearValues('x'.repeat(100_000), ['y'.repeat(100_000), 'x'.repeat(100_001)])).toHaveLength(1)
  })
})

const values = (...all: readonly string[]) => all.map((value) => ({ value, count: 3 }))
const facets: Facets = {
  status: values('success'),
  exitReason: values('outOfMemory'),
  gpuModel: values(...GPUS),
  tag: values('night', 'keep'),
  source: values('b3e0'),
  storyId: [],
  workflow: [],
  duration: [],
}
const told = (filter: TelemetryFilter, sources: ReadonlyMap<string, string> | null = null) =>
  unknownValue(filter, facets, sources)

describe('a value that no run has', () => {
  it('is named, with those that were meant, each in its place in the filter', () => {
    const filter = { gpuModel: ['RTX 4000', ADA], tags: ['night'] }
    expect(told(filter)).toEqual({
      sentence: 'No GPU is called RTX 4000.',
      near: [{ label: ADA, filter: { gpuModel: [ADA], tags: ['night'] } }],
    })
    expect(told({ tags: ['nigth'] })?.near[0]?.filter).toEqual({ tags: ['night'] })
  })

  it('is found by what people call it', () => {
    const sources = new Map([['b3e0', 'GPU box']])
    expect(told({ source: ['gpu box'] }, sources)).toEqual({
      sentence: 'No server is called gpu box.',
      near: [{ label: 'GPU box', filter: { source: ['b3e0'] } }],
    })
    expect(told({ exitReason: ['out of memroy'] })?.near[0]?.filter).toEqual({ exitReason: ['outOfMemory'] })
  })

  it('is no concern where some run has it in other letters, where it is excluded, and where nothing is like it', () => {
    expect(told({ gpuModel: ['nvidia rtx 4000 ADA'] })).toBeUndefined()
    expect(told({ tags: ['weekend'] })).toBeUndefined()
    expect(told({ expression: { not: { field: 'gpu', op: 'is', value: 'RTX 4000' } } })).toBeUndefined()
    expect(told({ expression: { field: 'gpu', op: 'glob', value: '*4000' } })).toBeUndefined()
  })
})
