import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import type { Connection, GpuTrace, LiveState, RealtimeTelemetryUpdate } from '../../../types'
import { describeConnection } from '../../../utils/format/describeConnection'
import { createAnnouncer } from '../../../utils/live/createAnnouncer'
import { estimateTimeLeft } from '../../../utils/live/estimateTimeLeft'
import { gapSentence } from '../../../utils/live/gapSentence'
import { lossSentence } from '../../../utils/live/lossSentence'
import { createProgressSelector } from '../../../utils/live/runProgress'
import { thinTrace } from '../../../utils/live/thinTrace'

const plain = (text: string): string => text.replaceAll('\u202f', ' ')

describe('the pill’s words', () => {
  it.each<[Connection, string]>([
    [{ status: 'idle' }, 'Not connected'],
    [{ status: 'connecting' }, 'Connecting…'],
    [{ status: 'live', since: 0 }, 'Live'],
    [{ status: 'stale', since: 86_000 }, 'Stale · 14 s old'],
    [{ status: 'reconnecting', attempt: 3, retryAt: 104_000 }, 'Reconnecting · try 3, next in 4 s'],
    [{ status: 'replaying', remaining: 42 }, 'Catching up · 42 events'],
    [{ status: 'fallback', kind: 'stock', missing: [] }, 'Live, limited'],
    [{ status: 'static', loadedAt: 0 }, 'Saved figures'],
    [{ status: 'refused', reason: 'origin', message: '' }, 'Refused · see why'],
    [{ status: 'closed' }, 'Disconnected'],
  ])('of %j are %s', (connection, words) => {
    expect(plain(describeConnection(connection, undefined, 100_000).words)).toBe(words)
  })
})

describe('the time left of a run', () => {
  const none = { usual: undefined, durations: [], remaining: 3, elapsed: [], parallel: 1 }
  it('is not told while nothing is known', () => expect(estimateTimeLeft(none)).toBeUndefined())
  it('goes by what is usual, then by the run’s own scenes', () => {
    expect(estimateTimeLeft({ ...none, usual: 60_000 })).toBe(180_000)
    expect(estimateTimeLeft({ ...none, usual: 60_000, durations: [30_000, 30_000] })).toBe(90_000)
  })
  it('counts a scene that takes longer than expected as nearly done, not as a gain', () => {
    expect(estimateTimeLeft({ ...none, usual: 60_000, remaining: 1, elapsed: [500_000] })).toBe(60_000)
  })
  it('shares scenes that run side by side', () => {
    expect(
      estimateTimeLeft({ ...none, usual: 10_000, remaining: 0, elapsed: [0, 0, 0, 0], parallel: 4 }),
    ).toBe(10_000)
  })
})

describe('what the pill says of losses', () => {
  const { counters } = EMPTY_LIVE_STATE
  const unknown = { from: 1, to: 2, lost: 'unknown' } as const
  it('is that nothing was lost only where that is known', () => {
    const known = lossSentence({
      counters: { ...counters, replayed: 5 },
      gaps: [{ from: 1, to: 2, lost: 0 }],
    })
    expect(known).toBe('No scene event was lost. 5 events came from the server’s journal.')
    expect(lossSentence({ counters, gaps: [unknown] })).toBe(
      'What was lost in a time that was missed can’t be known; outside of it no scene event was.',
    )
  })
  it('counts what is known to be lost, inside of such a time or not', () => {
    const lost = { ...counters, lost: 1, refused: 2 }
    expect(lossSentence({ counters: lost, gaps: [] })).toBe(
      '1 scene event was lost. 2 messages could not be read and were left out.',
    )
    expect(lossSentence({ counters: lost, gaps: [unknown] })).toContain('; outside of it 1 scene event was.')
  })
})

describe('a gap’s sentence', () => {
  const gap = {
    from: new Date(2026, 10, 1, 14, 31, 5).getTime(),
    to: new Date(2026, 10, 1, 14, 31, 20).getTime(),
  }
  it('says when, and what was lost', () => {
    expect(gapSentence({ ...gap, lost: 0 })).toBe('Missed 14:31:05–14:31:20. No scene events lost.')
    expect(gapSentence({ ...gap, lost: 1 })).toBe('Missed 14:31:05–14:31:20. 1 scene event lost.')
    expect(gapSentence({ ...gap, lost: 'unknown' })).toContain('can’t be known')
  })
  it('names the one moment of a gap without length', () => {
    expect(gapSentence({ from: gap.from, to: gap.from, lost: 0 })).toBe(
      'Missed 14:31:05. No scene events lost.',
    )
  })
})

describe('a GPU’s trace for a chart', () => {
  const reading = (at: number, vramFree: number): GpuTrace['points'][number] => ({
    at,
    gpus: [{ index: 0, vramFree }],
  })
  it('keeps the lowest of what it thins out', () => {
    const points = Array.from({ length: 600 }, (_, i) => reading(i * 1_000, i === 301 ? 1 : 100))
    const thin = thinTrace({ source: 's', points, gaps: [] }, 0, 200)
    expect(thin.length).toBeLessThanOrEqual(200)
    expect(thin.some(({ vramFree }) => vramFree === 1)).toBe(true)
  })
  it('breaks where nothing was heard', () => {
    const points = [reading(0, 1), reading(1_000, 1), reading(60_000, 1)]
    expect(thinTrace({ source: 's', points, gaps: [] }, 0, 200).map(({ vramFree }) => vramFree)).toEqual([
      1,
      1,
      null,
      1,
    ])
  })
  it('is empty for a GPU that was never read', () => {
    expect(thinTrace({ source: 's', points: [reading(0, 1)], gaps: [] }, 1, 200)).toEqual([])
  })
})

describe('a run’s progress', () => {
  const scene = (
    sceneId: string,
    fields: Partial<RealtimeTelemetryUpdate> = {},
  ): [string, RealtimeTelemetryUpdate] => [
    `r\u0000${sceneId}`,
    { sceneId, runId: 'r', timestamp: 1, status: 'queued', ...fields },
  ]
  const state = (...scenes: [string, RealtimeTelemetryUpdate][]): LiveState => ({
    ...EMPTY_LIVE_STATE,
    runs: [{ runId: 'r', sceneCount: 4, firstAt: 1, lastAt: 1 }],
    scenes: new Map(scenes),
  })
  it('counts what ended, whatever its end', () => {
    const select = createProgressSelector(undefined)
    const progress = select(
      state(
        scene('scene-10', { status: 'executing' }),
        scene('scene-2', { status: 'failed', exitReason: 'maxWait' }),
        scene('scene-1', { status: 'completed' }),
      ),
    )
    expect(progress).toMatchObject({ of: 4, done: 2, isOver: false, current: 'r\u0000scene-10' })
    expect(progress.counts).toMatchObject({ completed: 1, timeout: 1, executing: 1 })
    expect(progress.keys.map((key) => key.slice(2))).toEqual(['scene-1', 'scene-2', 'scene-10'])
  })
  it('is the same reference while only samples come', () => {
    const select = createProgressSelector('r')
    const before = select(state(scene('a', { status: 'executing', duration: 1 })))
    expect(select(state(scene('a', { status: 'executing', duration: 2 })))).toBe(before)
    expect(select(state(scene('a', { status: 'completed' })))).not.toBe(before)
  })
})

describe('announcements', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
  afterEach(() => vi.useRealTimers())
  const ended = (exitReason: 'success' | 'error'): RealtimeTelemetryUpdate => ({
    sceneId: 's',
    timestamp: Date.now(),
    status: exitReason === 'success' ? 'completed' : 'failed',
    exitReason,
  })
  it('merge what ended into one sentence, one in five seconds', () => {
    const said: string[] = []
    const announcer = createAnnouncer((sentence) => said.push(sentence))
    announcer.scenes([ended('success'), ended('success'), ended('success'), ended('error')])
    vi.advanceTimersByTime(400)
    expect(said).toEqual(['3 scenes completed, 1 failed'])
    announcer.scenes([ended('error')])
    vi.advanceTimersByTime(4_000)
    expect(said).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(said.at(-1)).toBe('1 scene failed')
    announcer.dispose()
  })
  it('say that the connection was lost only when it stays lost, and that it is back', () => {
    const said: string[] = []
    const announcer = createAnnouncer((sentence) => said.push(sentence))
    announcer.connection({ status: 'reconnecting', attempt: 1, retryAt: 0 })
    vi.advanceTimersByTime(1_000)
    announcer.connection({ status: 'live', since: 0 })
    vi.advanceTimersByTime(10_000)
    expect(said).toEqual([])
    announcer.connection({ status: 'reconnecting', attempt: 1, retryAt: 0 })
    vi.advanceTimersByTime(3_000)
    announcer.connection({ status: 'live', since: 0 })
    vi.advanceTimersByTime(6_000)
    expect(said).toEqual(['Connection lost, reconnecting', 'Connected again'])
    announcer.dispose()
  })
  it('are kept while the page is hidden, and say what is true when it is seen again', () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
    vi.stubGlobal('document', page)
    const said: string[] = []
    const announcer = createAnnouncer((sentence) => said.push(sentence))
    announcer.scenes([ended('success')])
    announcer.connection({ status: 'reconnecting', attempt: 1, retryAt: 0 })
    vi.advanceTimersByTime(30_000)
    announcer.connection({ status: 'live', since: 0 })
    announcer.scenes([ended('success')])
    vi.advanceTimersByTime(30_000)
    expect(said).toEqual([])
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(400)
    expect(said).toEqual(['2 scenes completed'])
    announcer.dispose()
    vi.unstubAllGlobals()
  })
  it('leave a first contact’s past alone', () => {
    const say = vi.fn()
    const announcer = createAnnouncer(say)
    announcer.scenes([{ ...ended('success'), timestamp: Date.now() - 3_600_000 }])
    vi.advanceTimersByTime(10_000)
    expect(say).not.toHaveBeenCalled()
    announcer.dispose()
  })
})
