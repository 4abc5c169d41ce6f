import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStream } from '../../../services/realtime/createStream'
import { createLiveModel, type LiveModel } from '../../../services/realtime/liveModel'
import type { RealtimeTelemetryUpdate } from '../../../types'
import { hostileJson } from '../../helpers/hostileJson'

function expectBounded(model: LiveModel): void {
  const { scenes, receivedAt, runs, events, gaps, trace, gpus } = model.snapshot()
  expect(scenes.size).toBeLessThanOrEqual(10_000)
  expect([...receivedAt.keys()]).toEqual([...scenes.keys()])
  expect(runs.length).toBeLessThanOrEqual(20)
  const shown = new Set(runs.map(({ runId }) => runId))
  expect([...scenes.values()].every(({ runId }) => shown.has(runId ?? ''))).toBe(true)
  expect(events.length).toBeLessThanOrEqual(200)
  expect(gaps.length).toBeLessThanOrEqual(100)
  expect(Math.max(trace.points.length, trace.gaps.length)).toBeLessThanOrEqual(600)
  expect(gpus.length).toBeLessThanOrEqual(64)
}
const updateOf = (index: number, fields: Partial<RealtimeTelemetryUpdate>): RealtimeTelemetryUpdate => ({
  sceneId: `scene-${index}`,
  runId: 'run',
  promptId: `prompt-${index}`,
  timestamp: index,
  status: 'queued',
  ...fields,
})

describe('what a page keeps of a server', () => {
  it.each<[string, (index: number) => Partial<RealtimeTelemetryUpdate>]>([
    ['of 25,000 scenes of one run', () => ({})],
    ['of as many runs', (index) => ({ runId: `run-${index}`, seq: index + 1 })],
    ['that all execute', (index) => ({ status: 'executing', runId: `run-${index % 7}` })],
    ['that all failed without a run', () => ({ runId: undefined as never, status: 'failed' })],
    ['that are one, queued again and again', () => ({ sceneId: 'scene', gpus: [{ index: 0 }] })],
  ])('is bounded: %s', (_, fields) => {
    const model = createLiveModel('source')
    for (let index = 0; index < 25_000; index++)
      model.applyUpdate(updateOf(index, fields(index)), true, index * 1_000)
    expectBounded(model)
  })

  it('is bounded when its `state` alone names too many prompts, said again and again', () => {
    const model = createLiveModel('source')
    for (let round = 0; round < 5; round++) {
      const prompts = Array.from({ length: 10_000 }, (_, index) => updateOf(round * 10_000 + index, {}))
      model.applyState(prompts, round, false)
    }
    expectBounded(model)
  })

  it('lets scenes that ended go before those that are open', () => {
    const model = createLiveModel('source')
    const open = updateOf(0, { status: 'executing', sceneId: 'open' })
    model.applyUpdate(open, true, 0)
    for (let index = 1; index < 25_000; index++)
      model.applyUpdate(updateOf(index, { status: 'completed' }), true, index)
    expect(model.snapshot().scenes.get('run\u0000open')).toBe(open)
    expect(model.snapshot().scenes.has('run\u0000scene-24999')).toBe(true)
    expect(model.isExecuting()).toBe(true)
  })

  it('is bounded after 10,000 hostile frames, of which none throws', async () => {
    const hello = {
      type: 'hello',
      protocol: 1,
      server: { name: 'n' },
      source: 's',
      epoch: 'e',
      seq: 0,
      now: 5,
    }
    const valid = [
      hello,
      { type: 'state', prompts: [updateOf(1, { status: 'executing' })] },
      ...['queued', 'executing', 'completed', 'failed'].map((status, index) => ({
        ...updateOf(index, {}),
        type: 'update',
        status,
        seq: index + 1,
      })),
      { type: 'update', ...updateOf(1, { status: 'executing', gpus: [{ index: 0, vramFree: 5 }] }) },
      { sceneId: 's', timestamp: 1, status: 'executing' },
      { type: 'run', runId: 'run', event: 'ended', seq: 3 },
      { type: 'gap', from: 1, to: 90_000, samplesDropped: 2 },
      { type: 'heartbeat', now: 5, seq: 3 },
      { type: 'gpu', timestamp: 5, gpus: [{ index: 0 }] },
    ]
    const model = createLiveModel('source')
    const stream = createStream(model, {
      base: 'http://server.test',
      sourceName: 'source',
      wantsPast: true,
      isNode: true,
      now: () => 0,
      fetch: () => Promise.reject(new TypeError('no answer')),
      onBroken: () => stream.begin(0),
      onProtocol: () => undefined,
      relabel: (update) => update,
      onChange: () => undefined,
    })
    stream.begin(undefined)
    const frames = fc.sample(hostileJson([...valid, valid]), { numRuns: 10_000, seed: 1 })
    for (const [index, frame] of frames.entries()) {
      stream.receive(frame, index)
      // What is read because of a frame is answered before the next.
      if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    stream.end()
    expectBounded(model)
    expect(model.snapshot().counters.applied).toBeGreaterThan(1_000)
    expect(model.snapshot().counters.refused).toBeGreaterThan(1_000)
  }, 60_000)
})
