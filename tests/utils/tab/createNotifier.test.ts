import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import type { LiveRun, LiveState, QueuePolicy, RealtimeTelemetryUpdate } from '../../../types'
import { createNotifier } from '../../../utils/tab/createNotifier'
import type { NotificationWords } from '../../../utils/tab/notificationOf'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

const POLICY: QueuePolicy = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
}
const scene = (sceneId: string, fields: Partial<RealtimeTelemetryUpdate> = {}): RealtimeTelemetryUpdate => ({
  sceneId,
  runId: 'r',
  timestamp: Date.now(),
  status: 'completed',
  exitReason: 'success',
  ...fields,
})
const failed = (sceneId: string, fields: Partial<RealtimeTelemetryUpdate> = {}): RealtimeTelemetryUpdate =>
  scene(sceneId, {
    status: 'failed',
    exitReason: 'outOfMemory',
    error: { type: 't', message: 'm', nodeType: 'KSampler' },
    ...fields,
  })
function state(scenes: readonly RealtimeTelemetryUpdate[], run: Partial<LiveRun> = {}): LiveState {
  return {
    ...EMPTY_LIVE_STATE,
    connection: { status: 'live', since: 0 },
    runs: [
      { runId: 'r', runName: 'Night run', sceneCount: 2, firstAt: 1_000_000, lastAt: Date.now(), ...run },
    ],
    scenes: new Map(scenes.map((update) => [`${update.runId}\u0000${update.sceneId}`, update])),
  }
}
function start(isWanted = (): boolean => true) {
  const told: NotificationWords[] = []
  let current = EMPTY_LIVE_STATE
  const notifier = createNotifier({ state: () => current, notify: (words) => told.push(words), isWanted })
  const show = (next: LiveState): void => {
    current = next
    notifier.runs()
  }
  const fail = (...updates: RealtimeTelemetryUpdate[]): void => {
    notifier.scenes(updates)
    show(state(updates))
  }
  return { told, notifier, show, fail }
}
const soon = (): unknown => vi.advanceTimersByTime(400)

describe('notifications', () => {
  it('tell a failed scene, why, and that a retry is to come', () => {
    const { told, fail } = start()
    fail(failed('scene-003', { policy: POLICY, attempt: 1 }))
    soon()
    expect(told).toEqual([
      {
        title: '✗ scene-003 failed in Night run',
        body: 'Ran out of GPU memory in KSampler. Try a smaller batch or size. It is to be tried again: attempt 2 of 2.',
        href: '#/run/r?scene=scene-003',
      },
    ])
  })

  it('promise no retry when there is none', () => {
    const { told, fail } = start()
    fail(failed('scene-003', { policy: POLICY, attempt: 2 }))
    soon()
    expect(told[0]?.body).toBe('Ran out of GPU memory in KSampler. Try a smaller batch or size.')
  })

  it('come at most once in ten seconds, and the later one has all that waited', () => {
    const { told, fail } = start()
    fail(failed('a'))
    soon()
    for (const id of ['b', 'c', 'd', 'e']) fail(failed(id))
    vi.advanceTimersByTime(9_000)
    expect(told).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(told).toHaveLength(2)
    expect(told[1]).toMatchObject({ title: '✗ 4 scenes failed in Night run', href: '#/run/r' })
    expect(told[1]?.body.split('\n')).toHaveLength(4)
    expect(told[1]?.body).toContain('1 more.')
  })

  it('tell a run’s end once, with its failures in its figures', () => {
    const { told, notifier, show } = start()
    const last = failed('b')
    const over = state([scene('a'), last], { event: 'ended' })
    notifier.scenes([last])
    show(over)
    soon()
    show(over)
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([
      { title: '✗ Night run ended', body: '1 of 2 scenes completed, 1 failed.', href: '#/run/r' },
    ])
  })

  it('call no run ended whose last scene is to be tried again', () => {
    const { told, show } = start()
    show(state([scene('a'), failed('b', { attempt: 1 })], { policy: POLICY }))
    soon()
    expect(told).toEqual([])
    show(state([scene('a'), scene('b', { attempt: 2 })], { policy: POLICY }))
    soon()
    expect(told.map(({ title }) => title)).toEqual(['✓ Night run ended'])
  })

  it('leave the past of a first contact alone', () => {
    const { told, show, fail } = start()
    const past = { timestamp: Date.now() - 1 }
    fail(failed('a', past))
    show(state([scene('a', past), scene('b', past)], { lastAt: past.timestamp }))
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
  })

  it('take no half-read replay for an end', () => {
    const { told, show } = start()
    const over = state([scene('a'), scene('b')])
    show({ ...over, connection: { status: 'replaying', remaining: 5 } })
    soon()
    expect(told).toEqual([])
  })

  it('are not given to who looks, neither then nor when they look again before it is told', () => {
    let isElsewhere = false
    const { told, fail } = start(() => isElsewhere)
    fail(failed('a'))
    isElsewhere = true
    soon()
    expect(told).toEqual([])
    fail(failed('b'))
    isElsewhere = false
    soon()
    expect(told).toEqual([])
  })

  it('say that what failed was simulated, and bound and straighten what a server names', () => {
    const { told, notifier, show } = start()
    const update = failed(`\u202e${'x'.repeat(500)}`)
    const server = {
      source: 's',
      name: 's',
      simulated: true,
      heartbeatMs: 1,
      intervalMs: 1,
      clockOffset: 0,
    }
    show({ ...state([update]), server })
    notifier.scenes([update])
    soon()
    expect(told[0]?.title).toMatch(/^✗ x{39}… failed in Night run \(simulated\)$/)
  })

  it('lead to the Live page when they speak of several runs', () => {
    const { told, notifier, show } = start()
    const over = state([scene('a'), scene('b')])
    notifier.scenes([failed('z', { runId: 'other' })])
    show(over)
    soon()
    expect(told).toMatchObject([{ title: '✓ Night run ended, and 1 other thing', href: '#/live' }])
    expect(told[0]?.body).toContain('z failed')
  })

  it('stop when they are given up', () => {
    const { told, notifier, fail } = start()
    fail(failed('a'))
    notifier.dispose()
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
