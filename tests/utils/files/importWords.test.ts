import { describe, expect, it } from 'vitest'
import { importSentence, problemLines } from '../../../utils/files/importWords'
import type { ImportReport } from '../../../types'

const reportOf = (overrides: Partial<ImportReport>): ImportReport => ({
  added: 0,
  same: 0,
  merged: 0,
  conflicting: 0,
  invalid: [],
  dryRun: true,
  ...overrides,
})

describe('what is said of an import', () => {
  it.each([
    [{ added: 312, merged: 4 }, 'Would add 312 runs and merge 4.'],
    [{ added: 1, same: 10 }, 'Would add 1 run; 10 are there already.'],
    [{ merged: 1, same: 1 }, 'Would merge 1 run; 1 is there already.'],
    [{ added: 4_120, dryRun: false }, 'Added 4,120 runs.'],
    [{ merged: 2, same: 3, dryRun: false }, 'Merged 2 runs; 3 are there already.'],
    [{ same: 12 }, '12 are there already; nothing changes.'],
    [{}, 'There is no run in it that can be read.'],
  ])('%j is “%s”', (counts, words) => {
    expect(importSentence(reportOf(counts))).toBe(words)
  })

  it('names the first problems by line or place and counts the others', () => {
    const invalid = Array.from({ length: 7 }, (_, index) => ({ line: index + 1_017, reason: 'Not JSON' }))
    expect(problemLines(invalid)).toEqual([
      'Line 1,017: Not JSON',
      'Line 1,018: Not JSON',
      'Line 1,019: Not JSON',
      'Line 1,020: Not JSON',
      'Line 1,021: Not JSON',
      'And 2 more.',
    ])
    expect(problemLines([{ path: 'records.3', reason: 'x' }, { reason: 'y' }])).toEqual(['records.3: x', 'y'])
  })
})
