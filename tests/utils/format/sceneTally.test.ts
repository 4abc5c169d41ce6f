import { describe, expect, it } from 'vitest'
import { savedTally, sceneTally } from '../../../utils/format/sceneTally'

describe('how far a run is', () => {
  it('counts what was completed, and names every other end', () => {
    expect(sceneTally({ completed: 4 }, 4)).toBe('4 of 4 scenes')
    expect(sceneTally({ completed: 3, failed: 1 }, 4)).toBe('3 of 4 scenes, 1 failed')
    expect(sceneTally({ completed: 2, skipped: 1, timeout: 2 }, 12)).toBe(
      '2 of 12 scenes, 2 timeout, 1 skipped',
    )
  })
  it('leaves out what has not ended', () => {
    expect(sceneTally({ queued: 2, executing: 1 }, 3)).toBe('0 of 3 scenes')
  })
  it('is one scene, or thousands', () => {
    expect(sceneTally({}, 1)).toBe('0 of 1 scene')
    expect(sceneTally({ completed: 1_200 }, 4_000)).toBe('1,200 of 4,000 scenes')
  })
  it('is the same of the scenes that are saved', () => {
    expect(savedTally({ success: 3, failed: 1, timeout: 0, skipped: 0 }, 4)).toBe('3 of 4 scenes, 1 failed')
  })
})
