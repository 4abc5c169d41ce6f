import { describe, expect, it } from 'vitest'
import { runEnd, unheardEnd, unwatchedEnd, type RunProgress } from '../../../services/recorder/runEnd'
import type { HistoricalSceneMetrics, QueuePolicy } from '../../../types'

const MINUTE = 60_000
const policy: QueuePolicy = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 120,
  batchSize: 0,
}
type Scenes = Record<string, [HistoricalSceneMetrics['status'], number]>
function run(scenes: Scenes, fields: Partial<RunProgress> = {}): RunProgress {
  const entries = Object.entries(scenes).map(
    ([id, [status, attempts]]) => [id, { status, attempts }] as const,
  )
  return { runId: 'r', isAdHoc: false, firstAt: 0, lastAt: 0, open: 0, scenes: new Map(entries), ...fields }
}

describe('a run of a known size', () => {
  it('ends with its last scene', () => {
    expect(runEnd(run({ a: ['success', 1], b: ['skipped', 1] }, { sceneCount: 2, lastAt: 9 }), 9)).toEqual({
      kind: 'ended',
      status: 'completed',
      endedAt: 9,
    })
  })

  it('waits for the retry that its policy still allows', () => {
    const failing = run({ a: ['failed', 1] }, { sceneCount: 1, policy })
    expect(runEnd(failing, 14 * MINUTE)).toEqual({ kind: 'running', checkAt: 17 * MINUTE })
    expect(runEnd(run({ a: ['failed', 2] }, { sceneCount: 1, policy }), 0)).toMatchObject({
      status: 'failed',
    })
  })

  it('without a policy waits a minute after a failure', () => {
    const failing = run({ a: ['failed', 1], b: ['success', 1] }, { sceneCount: 2 })
    expect(runEnd(failing, MINUTE - 1)).toEqual({ kind: 'running', checkAt: MINUTE })
    expect(runEnd(failing, MINUTE)).toMatchObject({ status: 'completed' })
  })

  it('that falls silent is interrupted after 15 minutes and the delay between its scenes', () => {
    const silent = run({ a: ['success', 1] }, { sceneCount: 3, policy })
    expect(runEnd(silent, 17 * MINUTE - 1).kind).toBe('running')
    expect(runEnd(silent, 17 * MINUTE)).toMatchObject({ status: 'interrupted' })
  })
})

describe('any run', () => {
  it('goes on while a prompt is open, however silent', () => {
    expect(runEnd(run({}, { open: 1 }), 48 * 60 * MINUTE)).toEqual({ kind: 'running', checkAt: Infinity })
  })

  it('ends when it is told to, stopped as interrupted', () => {
    const told = { event: 'stopped', at: 5 } as const
    expect(runEnd(run({ a: ['success', 1] }, { sceneCount: 3, told }), 5)).toEqual({
      kind: 'ended',
      status: 'interrupted',
      endedAt: 5,
    })
  })

  it('that is told to end waits for what it still has open', () => {
    const told = { event: 'stopped', at: 5 } as const
    expect(runEnd(run({}, { told, open: 1 }), 6).kind).toBe('running')
    expect(runEnd(run({ a: ['skipped', 1] }, { told, lastAt: 9 }), 9)).toMatchObject({
      status: 'interrupted',
      endedAt: 9,
    })
  })

  it('in which nothing succeeded has failed', () => {
    expect(runEnd(run({ a: ['timeout', 2] }, { sceneCount: 1, policy }), 0)).toMatchObject({
      status: 'failed',
    })
  })
})

describe('a run of unknown size', () => {
  it('ends a minute after nothing is open', () => {
    expect(runEnd(run({ a: ['success', 1] }), MINUTE - 1).kind).toBe('running')
    expect(runEnd(run({ a: ['success', 1] }), MINUTE)).toMatchObject({ status: 'completed', endedAt: 0 })
  })

  it('that nobody labelled ends after 200 scenes or 12 hours too', () => {
    const many: Scenes = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`s${n}`, ['success', 1]]))
    expect(runEnd(run(many, { isAdHoc: true }), 1).kind).toBe('ended')
    expect(
      runEnd(run({ a: ['success', 1] }, { isAdHoc: true, lastAt: 12 * 60 * MINUTE }), 12 * 60 * MINUTE).kind,
    ).toBe('ended')
  })
})

describe('a run whose server is not heard', () => {
  it('is interrupted by silence though a prompt is open', () => {
    const open = run({ a: ['success', 1] }, { sceneCount: 2, open: 1, lastAt: 9, policy })
    expect(unheardEnd(open, 0, 17 * MINUTE)).toEqual({ kind: 'running', checkAt: 17 * MINUTE + 9 })
    expect(unheardEnd(open, 0, 17 * MINUTE + 9)).toEqual({ kind: 'ended', status: 'interrupted', endedAt: 9 })
  })

  it('counts the silence from when its server was heard last, and ends with its own last word', () => {
    const open = run({}, { open: 1, lastAt: 9 })
    expect(unheardEnd(open, MINUTE, 16 * MINUTE - 1)).toEqual({ kind: 'running', checkAt: 16 * MINUTE })
    expect(unheardEnd(open, MINUTE, 16 * MINUTE)).toMatchObject({ status: 'interrupted', endedAt: 9 })
  })

  it('ends by no other rule before that, and by the rule of any run then', () => {
    const over = run({ a: ['success', 1] }, { sceneCount: 1 })
    expect(unheardEnd(over, 0, 15 * MINUTE - 1).kind).toBe('running')
    expect(unheardEnd(over, 0, 15 * MINUTE)).toEqual(runEnd(over, 15 * MINUTE))
    expect(runEnd(over, 15 * MINUTE)).toMatchObject({ status: 'completed' })
  })
})

describe('a run of a source that nobody here listened to', () => {
  const last = { lastAt: 9 }
  it('goes on for as long as silence is allowed', () => {
    expect(unwatchedEnd(run({}, { policy }), 17 * MINUTE - 1)).toEqual({
      kind: 'running',
      checkAt: 17 * MINUTE,
    })
    expect(unwatchedEnd(run({}, { policy }), 17 * MINUTE)).toMatchObject({ kind: 'ended' })
  })

  it('was cut off at its last word, for what was open there is not known', () => {
    expect(unwatchedEnd(run({ a: ['success', 1] }, last), 60 * MINUTE)).toEqual({
      kind: 'ended',
      status: 'interrupted',
      endedAt: 9,
    })
    expect(unwatchedEnd(run({ a: ['success', 1] }, { ...last, sceneCount: 2 }), 60 * MINUTE)).toMatchObject({
      status: 'interrupted',
    })
  })

  it('ended as its record tells, where that has all of its scenes or was told so', () => {
    expect(unwatchedEnd(run({ a: ['success', 1] }, { ...last, sceneCount: 1 }), 60 * MINUTE)).toMatchObject({
      status: 'completed',
      endedAt: 9,
    })
    const told = { event: 'ended', at: 12 } as const
    expect(unwatchedEnd(run({ a: ['success', 1] }, { ...last, told }), 60 * MINUTE)).toMatchObject({
      status: 'completed',
      endedAt: 12,
    })
  })

  it('does not go on for ever by a clock that runs ahead, nor by a delay that nobody may ask for', () => {
    expect(unwatchedEnd(run({}, { lastAt: 4e12 }), 60 * MINUTE)).toMatchObject({ status: 'interrupted' })
    expect(unwatchedEnd(run({}, { lastAt: 70 * MINUTE }), 60 * MINUTE).kind).toBe('running')
    const slow = { ...policy, delayBetweenScenesSeconds: 1e15 }
    expect(unwatchedEnd(run({}, { policy: slow }), 26 * 60 * MINUTE)).toMatchObject({ kind: 'ended' })
  })
})
