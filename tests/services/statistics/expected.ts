import { expect } from 'vitest'
import expected from '../../fixtures/statistics/expected.json'

/** What scipy, statsmodels, lifelines and numpy say: tests/fixtures/statistics/makeFixtures.py. */
export { expected }

/** The samples of each kind, from pairs of lists. */
export const kindsOf = (kinds: readonly (readonly (readonly number[])[])[]) =>
  kinds.map(([x = [], y = []]) => ({ x, y }))

/** Agrees to nine digits, relative or absolute; absent is absent. */
export function expectClose(value: number | undefined, wanted: number | null | undefined): void {
  if (wanted === null || wanted === undefined) return expect(value).toBeUndefined()
  expect(value).toBeDefined()
  expect(Math.abs((value ?? NaN) - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
}
