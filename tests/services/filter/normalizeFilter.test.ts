import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQuery, normalizeFilter, parseQuery } from '../../../services/telemetryFilterService'
import { arbitraryFilter } from '../../helpers/arbitraryRuns'

describe('a filter and its text', () => {
  it('the text of any filter reads as its normal form', () => {
    fc.assert(
      fc.property(arbitraryFilter(), (filter) => {
        const normal = normalizeFilter(filter)
        expect(parseQuery(formatQuery(normal))).toStrictEqual({ ok: true, value: normal })
      }),
      { numRuns: 2_000 },
    )
  })

  it('normalizing twice changes nothing', () => {
    fc.assert(
      fc.property(arbitraryFilter(), (filter) => {
        const normal = normalizeFilter(filter)
        expect(normalizeFilter(normal)).toStrictEqual(normal)
      }),
      { numRuns: 500 },
    )
  })

  it('the text doesn’t need the normal form', () => {
    fc.assert(
      fc.property(arbitraryFilter(), (filter) => {
        expect(formatQuery(normalizeFilter(filter))).toBe(formatQuery(filter))
      }),
      { numRuns: 500 },
    )
  })
})
