import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../../types'
import { describeRun } from '../../../utils/comparison/describeRun'

const faster: Estimate = { value: 0.74, n: 50, p: 1 / 51, test: 'rank in the baseline', verdict: 'better' }
const counts = { success: 4, failed: 0, timeout: 0, skipped: 0 }

describe('the speed of a run', () => {
  it('speaks for the run where all of its scenes completed', () => {
    expect(describeRun(faster, { status: 'completed', counts, sceneCount: 4 })).toMatchObject({
      word: 'faster',
      phrase: 'faster than all 50 like runs (by chance alone: 1 in 51)',
      isPartial: false,
    })
  })

  it.each([
    ['that failed', { ...counts, success: 2, failed: 2 }],
    ['that timed out', { ...counts, success: 2, timeout: 2 }],
    ['that were skipped', { ...counts, success: 2, skipped: 2 }],
    ['that nobody told of', { ...counts, success: 2 }],
  ])('with scenes %s is that of the rest, and says so', (_, some) => {
    const words = describeRun(faster, { status: 'completed', counts: some, sceneCount: 4 })
    expect(words.isPartial).toBe(true)
    expect(words.phrase).toMatch(/^faster than all 50 like runs .*, of the 2 of 4 scenes that completed$/)
    expect(words.sentence).toMatch(/of the 2 of 4 scenes that completed$/)
  })

  it('is not judged while the run goes on', () => {
    const words = describeRun(faster, { status: 'running', counts, sceneCount: 12 })
    expect(words).toMatchObject({ shape: 'unknown', word: 'still running', isPartial: true })
    expect(JSON.stringify(words)).not.toMatch(/faster|1\.35/)
  })

  it('cannot be told where no scene completed', () => {
    const none = { ...counts, success: 0, failed: 4 }
    expect(describeRun(undefined, { status: 'failed', counts: none }).phrase).toBe(
      'cannot tell: no scene completed',
    )
  })
})
