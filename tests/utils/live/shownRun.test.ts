import { describe, expect, it } from 'vitest'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import type { LiveState, RealtimeTelemetryUpdate } from '../../../types'
import { shownRun } from '../../../utils/live/shownRun'

type Status = RealtimeTelemetryUpdate['status']
/** Runs in the order in which they were told of last, each with one scene. */
const state = (...runs: readonly [string, Status][]): LiveState => ({
  ...EMPTY_LIVE_STATE,
  runs: runs.map(([runId]) => ({ runId, firstAt: 1, lastAt: 1 })),
  scenes: new Map(runs.map(([runId, status]) => [runId, { sceneId: 's', runId, timestamp: 1, status }])),
})

describe('the run that is shown', () => {
  it('is the one that the address names, and no other', () => {
    const two = state(['a', 'executing'], ['b', 'completed'])
    expect(shownRun(two, { runId: 'b' })?.runId).toBe('b')
    expect(shownRun(two, { runId: 'gone' })).toBeUndefined()
  })
  it('is the one that this tab queues, whatever else executes', () => {
    expect(shownRun(state(['a', 'executing'], ['mine', 'queued']), { own: ['mine'] })?.runId).toBe('mine')
  })
  it('stays while it executes, though another is told of or executes beside it', () => {
    expect(shownRun(state(['b', 'queued'], ['a', 'executing']), {})?.runId).toBe('a')
    expect(shownRun(state(['b', 'executing'], ['a', 'executing']), { before: 'a' })?.runId).toBe('a')
  })
  it('is the one that was told of last where none executes', () => {
    expect(shownRun(state(['b', 'queued'], ['a', 'completed']), { before: 'a' })?.runId).toBe('b')
    expect(shownRun(EMPTY_LIVE_STATE, {})).toBeUndefined()
  })
})
