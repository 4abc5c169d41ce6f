import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRuns } from '../../../services/comparison/compareRuns'
import type { HistoricalSceneMetrics } from '../../../types'
import { likeDurations } from '../../../utils/comparison/likeDurations'
import { environmentOf, runOf, sceneOf } from '../../services/comparison/builders'

const ofKind = (duration: number, steps: number, more: Partial<HistoricalSceneMetrics> = {}) =>
  sceneOf(duration, { environment: environmentOf({ steps }), ...more })
const earlier = [runOf(0, [ofKind(10_000, 20), ofKind(900_000, 50)]), runOf(1, [ofKind(12_000, 20)])]

describe('the durations that a ratio is of', () => {
  it('are those of all of its scenes where each has a like one', () => {
    const scenes = [ofKind(22_000, 20), ofKind(880_000, 50)]
    expect(likeDurations(compareRuns(runOf(9, scenes), earlier))).toEqual({
      now: 451_000,
      usual: 455_500,
      scenes: 2,
      of: 2,
    })
  })

  it('leave out scenes that none is like; what came from cache or failed is in no average', () => {
    const scenes = [ofKind(22_000, 20), ofKind(1_000, 99), ofKind(5, 20, { cached: 1 })]
    const failed = ofKind(7, 20, { status: 'failed' })
    expect(likeDurations(compareRuns(runOf(9, [...scenes, failed]), earlier))).toEqual({
      now: 22_000,
      usual: 11_000,
      scenes: 1,
      of: 2,
    })
  })

  it('are none without a like scene', () => {
    expect(likeDurations(compareRuns(runOf(9, [ofKind(1, 99)]), earlier))).toBeUndefined()
    expect(likeDurations(compareRuns(runOf(9, []), []))).toBeUndefined()
  })

  it('are usually between the shortest and the longest that a scene ever took', () => {
    const scene = fc
      .record({ duration: fc.integer({ min: 100, max: 4_000_000 }), steps: fc.integer({ min: 1, max: 4 }) })
      .map(({ duration, steps }) => ofKind(duration, steps))
    const scenes = fc.array(scene, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(scenes, fc.array(scenes, { minLength: 1, maxLength: 12 }), (current, runs) => {
        const like = likeDurations(
          compareRuns(
            runOf(99, current),
            runs.map((each, i) => runOf(i, each)),
          ),
        )
        if (!like) return
        const taken = runs.flat().map(({ duration = NaN }) => duration)
        expect(like.usual).toBeGreaterThanOrEqual(Math.min(...taken) - 0.01)
        expect(like.usual).toBeLessThanOrEqual(Math.max(...taken) + 0.01)
      }),
    )
  })
})
