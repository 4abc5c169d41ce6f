import { describe, expect, it } from 'vitest'
import type { HistoricalRun, RunSummary } from '../../../types'
import { awaySummary, endedWithin } from '../../../utils/away/awaySummary'

const MINUTE = 60_000
const TO = new Date(2026, 10, 2, 9, 0).getTime()
const period = { from: TO - 192 * MINUTE, to: TO }
const run = (
  runId: string,
  counts: Partial<RunSummary['counts']>,
  fields: Partial<RunSummary> = {},
): RunSummary => ({
  runId,
  runName: `Run ${runId}`,
  timestamp: TO - 100 * MINUTE,
  endedAt: TO - 10 * MINUTE,
  status: 'completed',
  fallbackCount: 0,
  gpuNames: [],
  counts: { success: 0, failed: 0, timeout: 0, skipped: 0, ...counts },
  ...fields,
})
const whole = (runId: string, ...sceneIds: string[]): HistoricalRun => ({
  runId,
  runName: `Run ${runId}`,
  timestamp: 1,
  fallbackCount: 0,
  scenes: sceneIds.map((sceneId) => ({ sceneId, attempts: 1, status: 'failed', exitReason: 'outOfMemory' })),
})
const plain = (text: string | undefined): string => (text ?? '').replaceAll('\u202f', ' ')

describe('what happened while nobody looked', () => {
  it('is said in one sentence, and its failures by name', () => {
    const summary = awaySummary({
      period,
      ended: [run('a', { success: 22, failed: 1, timeout: 1 }), run('b', { success: 24 })],
      failing: [whole('a', 'scene-003')],
      gaps: [],
    })
    expect(plain(summary?.title)).toBe('While you were away (3 h 12 m)')
    expect(summary?.sentence).toBe('2 runs ended, 46 of 48 scenes completed, 1 failed, 1 timeout.')
    expect(summary?.failures).toEqual([
      {
        runId: 'a',
        sceneId: 'scene-003',
        scene: 'scene-003',
        runName: 'Run a',
        why: 'Ran out of GPU memory. Try a smaller batch or size.',
      },
    ])
    expect(summary?.runs.map(({ result }) => result)).toEqual(['22 of 24', '24 of 24'])
  })

  it('is nothing to tell when no run ended and nothing was missed', () => {
    expect(awaySummary({ period, ended: [], failing: [], gaps: [] })).toBeNull()
    const before = { from: period.from - 2 * MINUTE, to: period.from - MINUTE, lost: 'unknown' } as const
    const harmless = { from: period.from, to: period.to, lost: 0 } as const
    expect(awaySummary({ period, ended: [], failing: [], gaps: [before, harmless] })).toBeNull()
  })

  it('owns what it can’t know', () => {
    const gap = { from: TO - 60 * MINUTE, to: TO - 30 * MINUTE, lost: 'unknown' } as const
    const summary = awaySummary({ period, ended: [], failing: [], gaps: [gap] })
    expect(summary?.sentence).toBe('No run ended, as far as is known.')
    expect(summary?.unknown).toBe(
      'From 08:00 to 08:30 nothing was recorded: what happened then can’t be known.',
    )
    const stopped = run('a', { success: 3, skipped: 1 }, { sceneCount: 6, status: 'interrupted' })
    expect(awaySummary({ period, ended: [stopped], failing: [], gaps: [] })).toMatchObject({
      sentence: '1 run ended, 3 of 6 scenes completed, 1 skipped, 2 not known.',
      runs: [{ result: '3 of 6, stopped' }],
    })
  })

  it('is bounded, and says how much more there is', () => {
    const summary = awaySummary({
      period,
      ended: Array.from({ length: 9 }, (_, i) => run(`r${i}`, { failed: 2 })),
      failing: [whole('r0', 'a', 'b'), whole('r1', 'a', 'b')],
      gaps: [],
    })
    expect(summary?.runs).toHaveLength(4)
    expect(summary?.moreRuns).toBe(5)
    expect(summary?.failures).toHaveLength(3)
    expect(summary?.moreFailures).toBe(15)
  })

  it('counts a run by when it ended, by the server’s clock brought to this one', () => {
    const early = run('a', {}, { endedAt: period.from - MINUTE })
    expect(endedWithin(period, 0, early)).toBe(false)
    expect(endedWithin(period, 2 * MINUTE, early)).toBe(true)
    expect(endedWithin(period, 0, run('a', {}))).toBe(true)
    expect(endedWithin(period, 0, run('a', {}, { status: 'running' }))).toBe(false)
    const { endedAt: _, ...open } = run('a', {})
    expect(endedWithin(period, 0, open)).toBe(false)
  })
})
