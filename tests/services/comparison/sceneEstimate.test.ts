import { describe, expect, it } from 'vitest'
import { sceneEstimate } from '../../../services/comparison/sceneEstimate'

const earlier = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => 100 + (i % 5))

describe('sceneEstimate', () => {
  it('is absent without an earlier scene and counts from the first one', () => {
    expect(sceneEstimate(100, [])).toBeUndefined()
    expect(sceneEstimate(150, [100])).toMatchObject({
      value: 1.5,
      n: 1,
      verdict: 'cannot tell',
      moreRunsNeeded: 8,
    })
    expect(sceneEstimate(150, earlier(6))).toMatchObject({ n: 6, verdict: 'cannot tell', moreRunsNeeded: 3 })
  })

  it('has the words of a run', () => {
    expect(sceneEstimate(150, earlier(9))).toMatchObject({ verdict: 'worse', likely: true })
    expect(sceneEstimate(150, earlier(19))).toMatchObject({ p: 0.05, verdict: 'worse' })
    expect(sceneEstimate(50, earlier(19))).toMatchObject({ p: 0.05, verdict: 'better' })
    expect(sceneEstimate(102, earlier(19))).toMatchObject({ verdict: 'cannot tell' })
  })

  it('answers for a cohort of thousands', () => {
    expect(sceneEstimate(150, earlier(150_000))).toMatchObject({ n: 150_000, verdict: 'worse' })
  })
})
