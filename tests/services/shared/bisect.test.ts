import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bisect } from '../../../services/shared/bisect'

it('finds where values begin to pass, as a search one by one does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: -6, max: 6 }), (any, least) => {
      const values = [...any].sort((a, b) => a - b)
      const found = values.findIndex((value) => value >= least)
      expect(bisect(values, (value) => value >= least)).toBe(found === -1 ? values.length : found)
    }),
  )
})
