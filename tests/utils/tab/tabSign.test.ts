import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import type { LiveRun, LiveState, RealtimeTelemetryUpdate } from '../../../types'
import { tabIcon } from '../../../utils/tab/tabIcon'
import { tabSignOf, type TabSign } from '../../../utils/tab/tabSignOf'
import { tabTitle } from '../../../utils/tab/tabTitle'

const NOW = 1_000_000
const scene = (sceneId: string, fields: Partial<RealtimeTelemetryUpdate> = {}): RealtimeTelemetryUpdate => ({
  sceneId,
  runId: 'r',
  timestamp: NOW - 5_000,
  status: 'queued',
  ...fields,
})
const done = (sceneId: string, fields: Partial<RealtimeTelemetryUpdate> = {}): RealtimeTelemetryUpdate =>
  scene(sceneId, { status: 'completed', exitReason: 'success', ...fields })
const failed = (sceneId: string, fields: Partial<RealtimeTelemetryUpdate> = {}): RealtimeTelemetryUpdate =>
  scene(sceneId, { status: 'failed', exitReason: 'error', ...fields })
const POLICY = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
}

function state(scenes: readonly RealtimeTelemetryUpdate[], run: Partial<LiveRun> = {}): LiveState {
  return {
    ...EMPTY_LIVE_STATE,
    connection: { status: 'live', since: 0 },
    runs: [
      { runId: 'r', runName: 'Night run', sceneCount: 4, firstAt: NOW - 60_000, lastAt: NOW - 5_000, ...run },
    ],
    scenes: new Map(scenes.map((update) => [`${update.runId}\u0000${update.sceneId}`, update])),
  }
}
const title = (from: LiveState, seenUntil = NOW, now = NOW): string =>
  tabTitle(tabSignOf(from, seenUntil, now), 'Live', false)
const tail = ' · Live · gemDirect1 telemetry'

describe('a tab’s title', () => {
  it('names the page alone while nothing runs', () => {
    expect(title(EMPTY_LIVE_STATE)).toBe('Live · gemDirect1 telemetry')
  })

  it('begins with how far the run is, so that it reads well cut off at 20 characters', () => {
    const going = title(state([done('a'), scene('b', { status: 'executing' })]))
    expect(going).toBe(`1/4 · Night run${tail}`)
    expect(going.slice(0, 20)).toContain('1/4 · Night run')
  })

  it('shows a failed scene at once, looked at or not', () => {
    expect(title(state([done('a'), failed('b'), scene('c')]))).toBe(`✗1 1/4 · Night run${tail}`)
    expect(title(state([done('a'), failed('b'), scene('c')]), 0)).toBe(`✗1 1/4 · Night run${tail}`)
  })

  it('says how the run ended until somebody looks', () => {
    const all = state(['a', 'b', 'c', 'd'].map((id) => done(id)))
    expect(title(all, NOW - 60_000)).toBe(`✓ 4/4 · Night run ended${tail}`)
    expect(title(all)).toBe('Live · gemDirect1 telemetry')
  })

  it('says that scenes failed, and that a run was stopped', () => {
    const some = ['a', 'b', 'c'].map((id) => done(id))
    expect(title(state([...some, failed('d')], { policy: { ...POLICY, sceneRetryBudget: 0 } }), 0)).toBe(
      `✗ 1 failed · Night run ended${tail}`,
    )
    expect(title(state(some, { event: 'stopped' }), 0)).toBe(`■ 3/4 · Night run stopped${tail}`)
  })

  it('does not call a run over while a retry is to come', () => {
    const last = state([done('a'), done('b'), done('c'), failed('d', { attempt: 1 })], { policy: POLICY })
    expect(title(last, 0)).toBe(`✗1 3/4 · Night run${tail}`)
    const tried = state([done('a'), done('b'), done('c'), failed('d', { attempt: 2 })], { policy: POLICY })
    expect(title(tried, 0)).toBe(`✗ 1 failed · Night run ended${tail}`)
  })

  it('says that no news comes, and ends no run by a silence that is the wire’s', () => {
    const lost: LiveState = {
      ...state([done('a')]),
      connection: { status: 'reconnecting', attempt: 3, retryAt: NOW },
    }
    expect(title(lost, 0, NOW + 3_600_000)).toBe(`No news · 1/4 · Night run${tail}`)
  })

  it('keeps the failures of an earlier run that nobody has seen', () => {
    const both = state([scene('a', { status: 'executing' }), failed('x', { runId: 'before' })])
    expect(title(both, 0)).toBe(`✗1 0/4 · Night run${tail}`)
    expect(title(both)).toBe(`0/4 · Night run${tail}`)
  })

  it('compares the server’s times by its clock, not by this one', () => {
    const behind = state(
      ['a', 'b', 'c', 'd'].map((id) => done(id, { timestamp: NOW - 3_600_000 })),
      {
        lastAt: NOW - 3_600_000,
      },
    )
    const server = {
      source: 's',
      name: 's',
      simulated: false,
      heartbeatMs: 1,
      intervalMs: 1,
      clockOffset: 3_600_000,
    }
    expect(title({ ...behind, server }, NOW - 60_000)).toContain('✓ 4/4')
  })

  it('says that the data is simulated', () => {
    expect(tabTitle({ kind: 'idle' }, 'Live', true)).toBe('Live · simulated · gemDirect1 telemetry')
  })

  it('is turned around by no name, nor made endless', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (runName) => {
        const words = title(state([done('a'), scene('b')], { runName }))
        expect(words).toMatch(/^1\/4 · /)
        expect(words).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
        expect([...words].length).toBeLessThanOrEqual(80)
      }),
    )
  })
})

describe('a tab’s icon', () => {
  const figures = { runName: 'x', done: 4, completed: 4, of: 12, failed: 0 }
  const running = { ...figures, kind: 'running', isHeard: true, hasNewFailure: false } as const
  const signs: Readonly<Record<string, TabSign>> = {
    idle: { kind: 'idle' },
    running,
    unheard: { ...running, isHeard: false },
    failing: { ...running, hasNewFailure: true },
    ended: { ...figures, kind: 'ended' },
    stopped: { ...figures, kind: 'stopped' },
  }

  it('has another shape for each, not only another colour', () => {
    const shapes = Object.values(signs).map((sign) =>
      decodeURIComponent(tabIcon(sign)).replace(/<style>.*<\/style>/, ''),
    )
    expect(new Set(shapes).size).toBe(shapes.length)
  })

  it('is an image by itself, with a colour for a dark and one for a light tab, and does not move', () => {
    for (const sign of Object.values(signs)) {
      const icon = tabIcon(sign)
      expect(icon).toMatch(/^data:image\/svg\+xml,%3Csvg/)
      expect(decodeURIComponent(icon)).toContain('prefers-color-scheme:dark')
      expect(decodeURIComponent(icon)).not.toMatch(/animat|http:\/\/(?!www\.w3\.org)/)
    }
  })

  it('is the same after a bad end as after an unseen failure', () => {
    expect(tabIcon({ ...figures, kind: 'ended', failed: 1 })).toBe(tabIcon(signs.failing ?? { kind: 'idle' }))
  })

  it('changes at most twelve times in a run, however many scenes it has', () => {
    const icons = Array.from({ length: 1_001 }, (_, n) => tabIcon({ ...running, of: 1_000, done: n }))
    expect(new Set(icons).size).toBeLessThanOrEqual(12)
  })
})
