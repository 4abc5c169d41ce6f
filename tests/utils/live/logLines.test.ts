import { describe, expect, it } from 'vitest'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import type { LiveEvent, LiveState } from '../../../types'
import { createLogSelector } from '../../../utils/live/logLines'

const event = (at: number, runId: string, sceneId = 'scene-001'): LiveEvent => ({
  id: `e:${at}`,
  at,
  update: { sceneId, runId, timestamp: at, status: 'queued' },
})
const state = (fields: Partial<LiveState>): LiveState => ({
  ...EMPTY_LIVE_STATE,
  runs: [{ runId: 'a', runName: 'Harbour', firstAt: 1, lastAt: 1 }],
  ...fields,
})

describe('the lines of the event log', () => {
  it('name the run of each scene, where it has a name', () => {
    const lines = createLogSelector()(state({ events: [event(1, 'a'), event(2, 'b')] }))
    expect(lines).toMatchObject([
      { kind: 'scene', scene: 'scene-001', run: 'Harbour' },
      { kind: 'scene', scene: 'scene-001', run: undefined },
    ])
  })
  it('tell of a time without news before what came after it began, and call it an error only where something is lost', () => {
    const gaps = [{ from: 15, to: 18, lost: 0 }]
    const lines = createLogSelector()(
      state({ events: [event(10, 'a'), event(16, 'a'), event(20, 'a')], gaps }),
    )
    expect(lines.map(({ at, kind }) => `${kind} ${at}`)).toEqual([
      'scene 10',
      'gap 15',
      'scene 16',
      'scene 20',
    ])
    expect(lines[1]).toMatchObject({ isError: false })
    const lost = createLogSelector()(state({ gaps: [{ from: 15, to: 18, lost: 'unknown' }] }))
    expect(lost).toMatchObject([{ kind: 'gap', isError: true }])
  })
  it('say that the connection was lost, from when on, until the gap says what was missed', () => {
    const events = [event(10, 'a'), event(16, 'a')]
    const select = createLogSelector()
    expect(select(state({ events, silentSince: 17 })).at(-1)).toMatchObject({
      kind: 'gap',
      at: 17,
      isError: true,
    })
    const gaps = [{ from: 17, to: 30, lost: 0 }]
    expect(select(state({ events, gaps })).filter(({ kind }) => kind === 'gap')).toMatchObject([
      { at: 17, words: expect.stringMatching(/^Missed /), isError: false },
    ])
  })
  it('stay in the journal’s order, though its clock was set back', () => {
    const events = [event(10, 'a', 'one'), event(5, 'a', 'two')]
    expect(createLogSelector()(state({ events }))).toMatchObject([{ scene: 'one' }, { scene: 'two' }])
  })
  it('are the same reference while only readings come', () => {
    const select = createLogSelector()
    const events = [event(1, 'a')]
    const runs = [{ runId: 'a', runName: 'Harbour', firstAt: 1, lastAt: 9 }]
    expect(select(state({ events, runs }))).toBe(select(state({ events })))
  })
})
