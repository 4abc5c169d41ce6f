import { describe, expect, it } from 'vitest'
import { seedRequestOf } from '../../../utils/files/seedRequest'

const read = (query: string) => seedRequestOf(new URLSearchParams(query))

describe('an address that asks for generated runs', () => {
  it('says how many, and from which seed', () => {
    expect(read('seed=100000')).toEqual({ count: 100_000, seed: 1 })
    expect(read('seed=20-7')).toEqual({ count: 20, seed: 7 })
  })

  it('asks for nothing when its numbers are none, or are beyond measure', () => {
    for (const query of ['', 'seed=', 'seed=0', 'seed=-1', 'seed=1e5', 'seed=1000001', 'seed=5-x', 'seed=5-'])
      expect(read(query)).toBeUndefined()
  })
})
