import { describe, expect, it } from 'vitest'
import { retentionRules } from '../../../utils/history/retentionRules'

const draft = { days: '', runs: '', megabytes: '', keepTagged: true }

describe('rules of what is kept', () => {
  it('are those that are filled in', () => {
    expect(retentionRules({ ...draft, days: ' 90 ', megabytes: '1,5' })).toEqual({
      ok: true,
      value: { keepTagged: true, maxAgeDays: 90, maxBytes: 1.5 * 2 ** 20 },
    })
  })

  it.each(['-1', '1e9', 'many', '0x10', '9'.repeat(30)])('are none with %s, and say so', (runs) => {
    expect(retentionRules({ ...draft, runs })).toMatchObject({
      ok: false,
      error: expect.stringContaining('30'),
    })
  })

  it('are none when nothing is filled in', () => {
    expect(retentionRules(draft).ok).toBe(false)
  })
})
