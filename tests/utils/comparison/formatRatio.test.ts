import { expect, it } from 'vitest'
import { formatRange } from '../../../utils/comparison/formatRatio'

it('shows no bound that is beside 1 as 1', () => {
  expect(formatRange(1.004, 1.19)).toBe('1.004–1.19')
  expect(formatRange(0.82, 0.9996)).toBe('0.82–0.9996')
  expect(formatRange(0.98, 1.34)).toBe('0.98–1.34')
  expect(formatRange(1, 12.34)).toBe('1.00–12.3')
})
