import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesFilter, normalizeFilter } from '../../../services/telemetryFilterService'
import { arbitraryFilter, arbitraryRun, NOW } from '../../helpers/arbitraryRuns'
import { naiveMatches } from '../../helpers/naiveFilter'

describe('what a filter matches', () => {
  it('is what the plainest reading of its description matches', () => {
    let matched = 0
    let asked = 0
    fc.assert(
      fc.property(
        arbitraryFilter(),
        fc.array(arbitraryRun(), { minLength: 1, maxLength: 3 }),
        (filter, runs) => {
          for (const run of runs) {
            const expected = naiveMatches(run, filter, NOW)
            expect(matchesFilter(run, filter, NOW)).toBe(expected)
            expect(matchesFilter(run, normalizeFilter(filter), NOW)).toBe(expected)
            matched += Number(expected)
            asked += 1
          }
        },
      ),
      { numRuns: 2_000 },
    )
    // Neither answer may be so rare that agreeing is easy.
    expect(matched / asked).toBeGreaterThan(0.15)
    expect(matched / asked).toBeLessThan(0.85)
  })
})
