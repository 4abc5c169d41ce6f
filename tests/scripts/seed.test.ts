import { describe, expect, it } from 'vitest'
import { readSeedOptions } from '../../scripts/readSeedOptions.mjs'
import { readStartOptions } from '../../scripts/readStartOptions.mjs'
import { seedRequestOf } from '../../utils/files/seedRequest'

describe('the options of npm run seed', () => {
  it('start the simulated dashboard at the page that asks for these runs', () => {
    const options = readStartOptions(readSeedOptions(['--runs', '100000', '--seed', '7', '--no-open']))
    expect(options).toMatchObject({ simulate: '', open: false, port: 5178 })
    const [path, query] = options.page.split('?')
    expect(path).toBe('#/settings/storage')
    expect(seedRequestOf(new URLSearchParams(query))).toEqual({ count: 100_000, seed: 7 })
    expect(readStartOptions(readSeedOptions(['--runs', '5', '--port', '6000'])).port).toBe(6000)
  })

  it('refuse the rest with the usage', () => {
    for (const args of [
      [],
      ['--runs', '0'],
      ['--runs', '1e5'],
      ['--runs', '2000000'],
      ['--seed', 'x', '--runs', '1'],
      ['stray'],
    ])
      expect(() => readSeedOptions(args)).toThrow(/Usage: npm run seed/)
  })
})
