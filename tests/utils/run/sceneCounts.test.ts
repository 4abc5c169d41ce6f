import { describe, expect, it } from 'vitest'
import { buildAttempt, buildScene } from '../../helpers/buildRun'
import { countScenes, countsSentence, failuresWord, sceneTotals } from '../../../utils/run/sceneCounts'

const NONE = { success: 0, failed: 0, timeout: 0, skipped: 0 }

describe('the scenes of a run', () => {
  it('are counted by what they ended as', () => {
    const scenes = [
      buildScene('a', [buildAttempt('a', 0, 1)]),
      buildScene('b', [buildAttempt('b', 0, 1, { exitReason: 'outOfMemory' })]),
      buildScene('c', [buildAttempt('c', 0, 1, { exitReason: 'maxWait' })]),
      buildScene('d', []),
    ]
    expect(countScenes(scenes)).toEqual({ success: 1, failed: 1, timeout: 1, skipped: 1 })
  })

  it('are as many as were announced, or as are known if that is more', () => {
    const counts = { ...NONE, success: 3, failed: 2 }
    expect(sceneTotals({ counts, sceneCount: 12 })).toEqual({ done: 3, of: 12 })
    expect(sceneTotals({ counts, sceneCount: 2 })).toEqual({ done: 3, of: 5 })
  })

  it('that failed or timed out are said first, in a word', () => {
    expect(failuresWord({ ...NONE, success: 4 })).toBeUndefined()
    expect(failuresWord({ ...NONE, success: 2, failed: 2 })).toBe('2 failed')
    expect(failuresWord({ ...NONE, success: 2, timeout: 1 })).toBe('1 timeout')
    expect(failuresWord({ ...NONE, success: 1, failed: 2, timeout: 1 })).toBe('2 failed, 1 timeout')
    expect(countsSentence({ ...NONE, success: 1, failed: 2, timeout: 1 })).toBe(
      '1 of 4 scenes completed, 2 failed, 1 timeout',
    )
  })
})
