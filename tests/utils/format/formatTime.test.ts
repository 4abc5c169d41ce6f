import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.restoreAllMocks())

it('times are told by one clock of 24 hours, in a language that has another too', async () => {
  const { DateTimeFormat } = Intl
  vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (_locale, options) {
    return new DateTimeFormat('en-US', options)
  })
  vi.resetModules()
  const { formatClock, formatExact, formatWhen } = await import('../../../utils/format/formatTime')
  const afternoon = new Date(2026, 10, 25, 15, 57, 22).getTime()
  const midnight = new Date(2026, 10, 25, 0, 5, 9).getTime()
  expect(formatExact(afternoon)).toBe('Nov 25, 2026, 15:57:22')
  expect(formatExact(midnight)).toBe('Nov 25, 2026, 00:05:09')
  expect(formatClock(midnight)).toBe('00:05:09')
  expect(formatWhen(midnight, afternoon)).toBe('00:05')
  expect(formatWhen(afternoon, midnight)).toBe('15:57')
})
