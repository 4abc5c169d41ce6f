import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GpuTrace } from '../../../types'
import { failuresOf } from '../../../utils/run/failuresOf'
import { joinTraces } from '../../../utils/run/joinTraces'
import { nodeTotals } from '../../../utils/run/nodeTotals'
import { sceneTimeline } from '../../../utils/run/sceneTimeline'
import { tickText, timeTicks } from '../../../utils/run/timeTicks'
import { buildAttempt, buildRun, buildScene } from '../../helpers/buildRun'

describe('the timeline of a run', () => {
  it('has a wait and a bar for each attempt, on one axis', () => {
    const scene = buildScene('a', [
      buildAttempt('a', 1_000, 5_000, { exitReason: 'outOfMemory' }),
      buildAttempt('a', 10_000, 8_000, { attempt: 2 }),
    ])
    const segments = [
      { kind: 'queue', attempt: 1, from: 1_000, to: 3_000 },
      { kind: 'run', attempt: 1, from: 3_000, to: 8_000, mark: 'failed' },
      { kind: 'queue', attempt: 2, from: 10_000, to: 12_000 },
      { kind: 'run', attempt: 2, from: 12_000, to: 20_000, mark: 'completed' },
    ]
    expect(sceneTimeline([scene])).toEqual({ from: 1_000, to: 20_000, scenes: [{ sceneId: 'a', segments }] })
  })

  it('tells a start that is missing from the end and the duration', () => {
    const { startedAt: _, ...late } = buildAttempt('a', 1_000, 5_000)
    const [row] = sceneTimeline([buildScene('a', [late])]).scenes
    expect(row?.segments.at(-1)).toMatchObject({ kind: 'run', from: 3_000, to: 8_000 })
  })

  it('has no axis where no time is known', () => {
    const bare = buildScene('a', [{ attempt: 1, exitReason: 'success' }])
    expect(sceneTimeline([bare])).toEqual({ scenes: [{ sceneId: 'a', segments: [] }] })
    expect(sceneTimeline([])).toEqual({ scenes: [] })
  })
})

describe('where the time went', () => {
  const nodeTimes = [
    { nodeId: '1', nodeType: 'KSampler', ms: 6_000 },
    { nodeId: '2', nodeType: 'VAEDecode', ms: 1_000 },
    { nodeId: '3', nodeType: 'KSampler', ms: 1_000 },
  ]
  it('is summed by type, longest first, with the scenes that do not tell', () => {
    const told = buildScene('a', [buildAttempt('a', 0, 8_000, { nodeTimes })])
    expect(nodeTotals([told, buildScene('b', [buildAttempt('b', 0, 8_000)])])).toEqual({
      nodes: [
        { nodeType: 'KSampler', ms: 7_000, share: 0.875 },
        { nodeType: 'VAEDecode', ms: 1_000, share: 0.125 },
      ],
      missing: 1,
      of: 2,
    })
  })

  it('counts the last attempt of a scene alone', () => {
    const last = { attempt: 2, nodeTimes: [{ nodeId: '1', nodeType: 'Load', ms: 5 }] }
    const scene = buildScene('a', [
      buildAttempt('a', 0, 1, { nodeTimes, exitReason: 'error' }),
      buildAttempt('a', 10, 1, last),
    ])
    expect(nodeTotals([scene]).nodes).toEqual([{ nodeType: 'Load', ms: 5, share: 1 }])
  })
})

describe('the ticks of an axis', () => {
  it('stand at human steps since the start', () => {
    const texts = timeTicks(1_000, 1_000, 301_000, 6).map((at) => tickText(at - 1_000))
    expect(texts.map((text) => text.replace('\u202f', ' '))).toEqual(['0', '1 m', '2 m', '3 m', '4 m', '5 m'])
  })

  it('are within the range and no more than asked for', () => {
    const time = fc.integer({ min: 0, max: 10 ** 10 })
    fc.assert(
      fc.property(time, time, fc.integer({ min: 1, max: 10 ** 9 }), (origin, after, span) => {
        const from = origin + after
        const ticks = timeTicks(origin, from, from + span, 5)
        expect(ticks.length).toBeLessThanOrEqual(5)
        expect(ticks.filter((at) => at < from || at > from + span)).toEqual([])
      }),
    )
  })
})

describe('the traces of a run as one', () => {
  const of = (...times: number[]): GpuTrace => ({
    source: 'box',
    gaps: [],
    points: times.map((at) => ({ at, gpus: [{ index: 0 }] })),
  })
  it('stand in order of time, broken between two attempts', () => {
    const joined = joinTraces([of(50, 60), of(), of(0, 10)])
    expect(joined?.points.map(({ at }) => at)).toEqual([0, 10, 50, 60])
    expect(joined?.gaps).toEqual([{ from: 10, to: 50 }])
  })
  it('are none without any', () => expect(joinTraces([of()])).toBeUndefined())
})

describe('what a run is first asked about', () => {
  it('is each scene that did not succeed, its attempt and what memory was left', () => {
    const failed = buildScene('b', [
      buildAttempt('b', 0, 1, { exitReason: 'error' }),
      buildAttempt('b', 10, 1, { attempt: 2, exitReason: 'outOfMemory' }),
    ])
    const stopped = buildScene('c', [buildAttempt('c', 20, 1, { exitReason: 'maxWait' })])
    const run = buildRun(0, 1, { scenes: [buildScene('a', [buildAttempt('a', 0, 1)]), failed, stopped] })
    const [first, second, ...none] = failuresOf(run)
    expect(second).toMatchObject({ scene: { sceneId: 'c' }, kind: { reason: 'maxWait' } })
    expect(none).toEqual([])
    expect(first).toMatchObject({
      scene: { sceneId: 'b' },
      kind: { reason: 'outOfMemory' },
      attempt: 'attempt 2 of 2',
      vramFreeMin: 6 * 2 ** 30,
    })
  })
  it('is nothing when all succeeded', () => expect(failuresOf(buildRun(0))).toEqual([]))
})
