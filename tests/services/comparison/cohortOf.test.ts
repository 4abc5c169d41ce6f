import { describe, expect, it } from 'vitest'
import { emptyChunk } from '../../../services/columns/columnChunk'
import { editChunk } from '../../../services/columns/editChunk'
import { durationTest } from '../../../services/columns/measured'
import { rowOfRun } from '../../../services/columns/rowOfRun'
import {
  cacheClass,
  cohortKey,
  cohortOf,
  isTimed,
  type CohortFacts,
} from '../../../services/comparison/cohortOf'
import { environmentOf, runOf, sceneOf } from './builders'

const FACTS: CohortFacts = {
  workflowHash: 'w',
  width: 1024,
  height: 576,
  frames: 81,
  steps: 30,
  batch: 1,
  models: ['a.safetensors', 'b.safetensors'],
  gpuName: 'NVIDIA RTX A6000',
  cold: true,
  cached: 0,
}

describe('cohortKey', () => {
  it.each<CohortFacts>([
    { workflowHash: 'v' },
    { width: 576, height: 1024 },
    { frames: 49 },
    { steps: 20 },
    { batch: 2 },
    { models: ['a.safetensors'] },
    { models: ['a.safetensors', 'c.safetensors'] },
    { gpuName: 'NVIDIA GeForce RTX 3090' },
    { cold: false },
    { cached: 0.5 },
    { cached: 1 },
    { workflowHash: undefined },
  ])('keeps apart what differs in %o', (difference) => {
    expect(cohortKey({ ...FACTS, ...difference })).not.toBe(cohortKey(FACTS))
  })

  it('is the same for models in any order, an unknown cache share and none, an unknown cold start and a warm one', () => {
    expect(cohortKey({ ...FACTS, models: ['b.safetensors', 'a.safetensors'] })).toBe(cohortKey(FACTS))
    expect(cohortKey({ ...FACTS, cached: undefined })).toBe(cohortKey(FACTS))
    expect(cohortKey({ ...FACTS, cold: undefined })).toBe(cohortKey({ ...FACTS, cold: false }))
    expect(cohortKey({})).toBe(cohortKey({ models: [] }))
  })

  it('knows no more of the cache than three classes', () => {
    expect([undefined, 0, 0.01, 0.99, 1].map(cacheClass)).toEqual([
      'none',
      'none',
      'partly',
      'partly',
      'fully',
    ])
  })
})

describe('cohortOf', () => {
  it('reads the record of a scene, the environment first', () => {
    expect(cohortOf(sceneOf(1, { cold: true, cached: 0.5 }))).toBe(
      cohortKey({ ...environmentOf(), cold: true, cached: 0.5 }),
    )
    const environment = { workflowHash: 'w' }
    expect(cohortOf(sceneOf(1, { environment, gpuName: 'A' }))).toBe(
      cohortKey({ workflowHash: 'w', gpuName: 'A' }),
    )
  })
})

describe('isTimed', () => {
  it('takes the duration of what succeeded and came from no cache', () => {
    expect(isTimed(sceneOf(5))).toBe(true)
    expect(isTimed(sceneOf(5, { cached: 0.1 }))).toBe(false)
    expect(isTimed(sceneOf(5, { status: 'timeout' }))).toBe(false)
    for (const duration of [0, -1, NaN, Infinity]) expect(isTimed(sceneOf(duration))).toBe(false)
    expect(isTimed({ status: 'success' })).toBe(false)
  })

  it('is the rule of the columns too', () => {
    const durations = [undefined, -1, 0, Number.MIN_VALUE, 5, Infinity]
    const all = durations.flatMap((duration) =>
      (['success', 'failed', 'timeout', 'skipped'] as const).flatMap((status) =>
        [undefined, 0, 0.1, 1].map((cached, number) => ({
          sceneId: `${String(duration)} ${status} ${number}`,
          attempts: 1,
          status,
          ...(duration === undefined ? {} : { duration }),
          ...(cached === undefined ? {} : { cached }),
        })),
      ),
    )
    const row = rowOfRun(runOf(1, all))
    const counts = durationTest(editChunk(emptyChunk(0), new Map([[row.runId, row]])))
    expect(all.map((_, scene) => counts(scene))).toEqual(all.map(isTimed))
    expect(all.filter(isTimed).map(({ duration }) => duration)).toEqual([
      ...[Number.MIN_VALUE, Number.MIN_VALUE],
      ...[5, 5],
    ])
  })
})
