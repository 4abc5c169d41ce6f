import { describe, expect, it } from 'vitest'
import { nextScene, queueAheadOf, standOf, summaryOf, withAttempt } from '../../../services/comfy/jobState'
import type { JobProgress } from '../../../services/history/jobRecords'
import type { ExitReason } from '../../../types'
import { graphOf, policyOf, requestOf } from '../../helpers/openTestServices'

const EMPTY: JobProgress = {
  runId: 'r\0',
  scenes: {},
  status: 'running',
  pauses: [],
  holder: 't',
  expiresAt: 0,
  aliveAt: 0,
}
const tried = (...ends: (ExitReason | undefined)[]): JobProgress =>
  ends.reduce<JobProgress>(
    (progress, exitReason, index) =>
      withAttempt(progress, 'a', {
        promptId: `p${index}`,
        attempt: index + 1,
        plannedAt: 0,
        queuedAt: 1,
        ...(exitReason ? { exitReason } : {}),
      }),
    EMPTY,
  )
const stand = (progress: JobProgress, budget: number): string =>
  standOf(progress, 'a', policyOf({ sceneRetryBudget: budget }))

describe('a scene that is being queued', () => {
  it.each<[ExitReason, string]>([
    ['success', 'ended'],
    ['error', 'toQueue'],
    ['outOfMemory', 'toQueue'],
    ['maxWait', 'toQueue'],
    ['serverRestart', 'toQueue'],
    ['interrupted', 'ended'],
    ['deleted', 'ended'],
    ['rejected', 'ended'],
  ])('after %s is %s while its budget lasts', (reason, expected) => {
    expect(stand(tried(reason), 1)).toBe(expected)
    expect(stand(tried(reason), 0)).toBe('ended')
  })

  it('is at the server while its last attempt has no end', () => {
    expect(stand(tried('error', undefined), 1)).toBe('atServer')
    expect(stand(tried('error', 'error'), 1)).toBe('ended')
  })

  it('has its whole budget again when it is queued again by hand', () => {
    expect(stand({ ...tried('error', 'error'), again: { a: 2 } }, 1)).toBe('toQueue')
    expect(stand({ ...tried('error', 'error', 'error'), again: { a: 2 } }, 1)).toBe('toQueue')
    expect(stand({ ...tried('error', 'error', 'error', 'error'), again: { a: 2 } }, 1)).toBe('ended')
  })
})

describe('a run that is being queued', () => {
  const plan = (overrides = {}) => ({
    runId: 'r',
    createdAt: 0,
    request: requestOf([graphOf(), graphOf()], overrides),
  })

  it('queues a failed scene again before the next one', () => {
    const policy = policyOf({ sceneRetryBudget: 1 })
    expect(nextScene(plan({ policy }), tried('error'))?.sceneId).toBe('a')
    expect(nextScene(plan({ policy }), tried('error', 'error'))?.sceneId).toBe('b')
  })

  it('gives one scene at a time when there is a delay between them', () => {
    expect(queueAheadOf(requestOf([], { queueAhead: 'all' }))).toBe(Infinity)
    expect(queueAheadOf(requestOf([], { queueAhead: 3 }))).toBe(3)
    const policy = policyOf({ delayBetweenScenesSeconds: 1 })
    expect(queueAheadOf(requestOf([], { queueAhead: 'all', policy }))).toBe(1)
  })

  it('needs its tab for what the server does not do by itself', () => {
    const needs = (overrides: object, nodeKeepsLimit: boolean): readonly string[] =>
      summaryOf(plan(overrides), tried('success'), nodeKeepsLimit).needsTabFor
    expect(needs({}, true)).toEqual(['queueing'])
    expect(needs({}, false)).toEqual(['queueing', 'limits'])
    expect(needs({ policy: policyOf({ sceneRetryBudget: 1, maxAttempts: 9 }) }, true)).toEqual([
      'queueing',
      'limits',
      'retries',
    ])
  })
})
