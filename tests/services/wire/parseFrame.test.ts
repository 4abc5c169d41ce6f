import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame } from '../../../services/wire/parseFrame'
import { hostileJson, soundness } from '../../helpers/hostileJson'

const update = { type: 'update', sceneId: 's', timestamp: 1, status: 'queued' }
const parse = (value: unknown) => parseFrame(JSON.stringify(value))

describe('a stream frame', () => {
  it('holds one message or a batch of them, in order', () => {
    expect(parse(update).messages).toEqual([update])
    expect(parse([update, { type: 'heartbeat', now: 5 }]).messages).toEqual([
      update,
      { type: 'heartbeat', now: 5 },
    ])
  })

  it('with an object without a type is a bare update', () => {
    expect(parse({ sceneId: 's', timestamp: 1, status: 'executing' }).messages).toEqual([
      { type: 'bare', update: { sceneId: 's', timestamp: 1, status: 'executing' } },
    ])
  })

  it('from a newer server may hold types and fields that are not known here', () => {
    expect(
      parse([
        { type: 'weather', rain: true },
        { ...update, colour: 'red' },
      ]),
    ).toEqual({
      messages: [update],
      refused: [],
    })
  })

  it.each([
    ['a wrong status', { ...update, status: 'paused' }, /^At status: /],
    ['a missing scene', { type: 'update', timestamp: 1, status: 'queued' }, /^sceneId is missing$/],
    [
      'a failure that was a success',
      { ...update, status: 'failed', exitReason: 'success' },
      /contradict each other/,
    ],
    ['a completion that was none', { ...update, status: 'completed', exitReason: 'error' }, /contradict/],
    ['null for an unknown value', { ...update, gpuVramFree: null }, /^At gpuVramFree: /],
    ['a negative reading', { ...update, gpuUtilization: -1 }, /^At gpuUtilization: /],
    ['an id with the key separator', { ...update, runId: 'a\u0000b' }, /^At runId: /],
    ['a wrong nested value', { ...update, environment: { steps: 'many' } }, /^At environment.steps: /],
    ['too long a list', { ...update, tags: Array.from({ length: 65 }, String) }, /^At tags: /],
    ['no object', 7, /^Expected an object/],
  ])('refuses %s with the path and the reason', (_, message, reason) => {
    const { messages, refused } = parse(message)
    expect(messages).toEqual([])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(reason)
  })

  it('keeps the good messages of a batch that has a bad one', () => {
    const { messages, refused } = parse([update, { ...update, seq: 1.5 }, update])
    expect(messages).toHaveLength(2)
    expect(refused).toHaveLength(1)
  })

  it('that is no text, no JSON or too long is refused whole, or ignored when binary', () => {
    expect(parseFrame(new ArrayBuffer(8))).toEqual({ messages: [], refused: [] })
    expect(parseFrame('{"type":').refused).toEqual(['Not JSON (8 characters)'])
    expect(parseFrame(`"${'x'.repeat(3_000_000)}"`).refused[0]).toMatch(/too long/)
    expect(parseFrame(`[1e999]`).messages).toEqual([])
  })

  it('refuses numbers that JSON turns into Infinity', () => {
    expect(
      parseFrame('{"type":"update","sceneId":"s","timestamp":1e999,"status":"queued"}').messages,
    ).toEqual([])
  })

  it('of 10,000 hostile ones never throws, and lets in nothing but sound messages, no longer than they came', () => {
    let understood = 0
    fc.assert(
      fc.property(hostileJson([...VALID, VALID]), (frame) => {
        const { messages, refused } = parseFrame(frame)
        understood += messages.length
        expect(soundness(messages)).toBe('sound')
        expect(JSON.stringify(messages).length).toBeLessThan(2 * frame.length + 100)
        for (const reason of refused) expect(reason.length).toBeLessThan(400)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 10_000, seed: 1 },
    )
    expect(understood).toBeGreaterThan(2_000)
  }, 60_000)
})

const policy = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 1,
  delayBetweenScenesSeconds: 0,
  batchSize: 0,
}
const gpus = [
  { index: 0, name: 'GPU', vramFree: 8e9, vramTotal: 24e9, utilization: 97, temperature: 71, power: 320 },
]
/** One of each kind, with everything that it can carry. */
const VALID: readonly object[] = [
  { ...update, runId: 'r', promptId: 'p', seq: 1, tags: ['a'], policy, storyId: 's', sceneCount: 3 },
  { ...update, status: 'executing', promptId: 'p', gpus, progress: { value: 1, max: 30, nodeId: '4' } },
  {
    ...update,
    status: 'failed',
    seq: 3,
    exitReason: 'error',
    duration: 5,
    error: { type: 'E', message: 'm', nodeId: '4' },
    nodeTimes: [{ nodeId: '4', nodeType: 'KSampler', ms: 5 }],
    gpu: { samples: 3, vramFreeMean: 8e9 },
    outputs: [{ nodeId: '6', filename: 'a.png', subfolder: '', type: 'output' }],
    environment: { workflowHash: 'h', models: ['m'], steps: 30 },
  },
  { type: 'hello', protocol: 1, server: { name: 'n' }, source: 's', epoch: 'e', seq: 3, now: 5, gpus },
  { type: 'state', prompts: [{ sceneId: 's', timestamp: 1, status: 'queued' }] },
  { type: 'gpu', timestamp: 5, gpus },
  { type: 'heartbeat', now: 5, seq: 3 },
  { type: 'gap', from: 1, to: 5, samplesDropped: 2 },
  { type: 'run', runId: 'r', event: 'begin', seq: 2, policy },
  { sceneId: 's', timestamp: 1, status: 'executing', gpuVramFree: 5 },
]
