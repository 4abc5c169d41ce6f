import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMonitor } from '../../../services/wire/crystools'
import { parseStockFrame } from '../../../services/wire/stockFrame'
import { parseHistory, parseQueue } from '../../../services/wire/stockPrompts'
import { parseSystemStats } from '../../../services/wire/systemStats'

const frame = (type: string, data: unknown) => parseStockFrame(JSON.stringify({ type, data }))
const RUNS = { numRuns: 10_000 }

/** What a server might send that means harm or is broken: the right names with the wrong things under them. */
const NAMES = [
  'prompt',
  'status',
  'messages',
  'outputs',
  'nodes',
  'prompt_id',
  'timestamp',
  'telemetry',
  'gpus',
]
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom<unknown>(null, -1, 1e308, '', '\u0000', '__proto__', 'execution_success', true, 1e15),
      fc.string(),
      fc.double(),
    ),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.constant('__proto__'), fc.string()), tie('value'), {
      maxKeys: 5,
    }),
  ),
})).value
const TYPES = [
  'status',
  'feature_flags',
  'execution_start',
  'execution_cached',
  'executing',
  'progress',
  'execution_success',
  'execution_error',
  'execution_interrupted',
  'crystools.monitor',
  'constructor',
]

describe('a frame of a stock server', () => {
  it('says what matters of it, and nothing else', () => {
    expect(frame('status', { status: { exec_info: { queue_remaining: 3 } } })).toEqual({
      ok: true,
      value: { type: 'status', queueRemaining: 3 },
    })
    expect(frame('executing', { prompt_id: 'p', node: null })).toEqual({
      ok: true,
      value: { type: 'executing', promptId: 'p' },
    })
    expect(frame('progress', { prompt_id: 'p', node: '4', value: 3, max: 20 })).toMatchObject({
      value: { promptId: 'p', nodeId: '4', value: 3, max: 20 },
    })
    expect(frame('progress_state', {})).toEqual({ ok: true, value: undefined })
    expect(parseStockFrame(new ArrayBuffer(8))).toEqual({ ok: true, value: undefined })
  })

  it('is refused with the place that is wrong', () => {
    expect(frame('execution_start', { prompt_id: 'p', timestamp: 'now' })).toMatchObject({
      error: expect.stringMatching(/^At timestamp: /),
    })
    expect(frame('status', {})).toMatchObject({ ok: false })
  })

  it('keeps of an error what a person needs, and not its traceback', () => {
    const data = {
      prompt_id: 'p',
      timestamp: 5,
      exception_type: 'RuntimeError',
      exception_message: 'x'.repeat(100_000),
      traceback: ['secret'],
      node_id: 3,
    }
    const parsed = frame('execution_error', data)
    expect(parsed).toMatchObject({ value: { end: { reason: 'error', error: { type: 'RuntimeError' } } } })
    expect(JSON.stringify(parsed).length).toBeLessThan(20_000)
    expect(JSON.stringify(parsed)).not.toContain('secret')
  })

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), hostile, (type, data) => {
        const parsed = frame(type, data)
        if (!parsed.ok) expect(parsed.error.length).toBeLessThan(500)
      }),
      RUNS,
    )
  })
})

describe('Crystools’ monitor', () => {
  it('gives what it could read; -1 and what is missing are absent', () => {
    const gpus = [
      { gpu_utilization: 97, gpu_temperature: 70, vram_total: 100, vram_used: 40 },
      { gpu_utilization: -1, gpu_temperature: null, vram_total: 0 },
      { vram_total: 10, vram_used: 20, gpu_utilization: '5' },
    ]
    expect(parseMonitor({ gpus })).toEqual({
      ok: true,
      value: [
        { index: 0, utilization: 97, temperature: 70, vramTotal: 100, vramFree: 60 },
        { index: 1 },
        { index: 2, vramTotal: 10 },
      ],
    })
  })
})

const item = (promptId: string, extra: unknown = {}) => [1, promptId, { 1: { class_type: 'A' } }, extra, []]

describe('a stock server’s queue', () => {
  it('has the prompts with their labels; what is no prompt is counted', () => {
    const label = { runId: 'r', sceneId: 's', attempt: 2, tags: ['a', 5, ''], policy: { maxWaitSeconds: -1 } }
    const body = {
      queue_running: [item('a', { telemetry: label, create_time: 7 })],
      queue_pending: [item(''), 5],
    }
    expect(parseQueue(JSON.stringify(body))).toMatchObject({
      value: {
        running: [
          { promptId: 'a', createdAt: 7, label: { runId: 'r', sceneId: 's', attempt: 2, tags: ['a'] } },
        ],
        pending: [],
        refused: 2,
      },
    })
  })

  it('takes a policy whole or not at all', () => {
    const policy = {
      maxWaitSeconds: 600,
      maxAttempts: 0,
      pollIntervalSeconds: 2,
      postExecutionTimeoutSeconds: 30,
      sceneRetryBudget: 1,
    }
    const parsed = parseQueue(
      JSON.stringify({
        queue_running: [
          item('a', { telemetry: { runId: 'r', sceneId: 's', policy } }),
          item('b', { telemetry: { runId: 'r', sceneId: 's', policy: { ...policy, maxAttempts: 'many' } } }),
        ],
        queue_pending: [],
      }),
    )
    const labels = parsed.ok ? parsed.value.running.map(({ label }) => label?.policy) : []
    expect(labels).toEqual([{ ...policy, delayBetweenScenesSeconds: 0, batchSize: 0 }, undefined])
  })
})

describe('a stock server’s history', () => {
  it('leaves an entry out that does not say whose it is, and keeps the others', () => {
    const body = { a: { prompt: item('a') }, b: { prompt: item('c') }, d: 5 }
    expect(parseHistory(JSON.stringify(body))).toMatchObject({
      value: { entries: [{ promptId: 'a', outputs: [] }], refused: 2 },
    })
  })

  it('names no folder of that machine', () => {
    const images = [{ filename: '/home/me/a.png', subfolder: '/home/me', type: 'output' }]
    const entry = { prompt: item('a'), outputs: { 9: { images } } }
    expect(JSON.stringify(parseHistory(JSON.stringify({ a: entry })))).not.toContain('home')
  })

  it('and the queue never throw nor grow, whatever they hold', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (prompt, status, outputs) => {
        const entry = { prompt: Array.isArray(prompt) ? ['1', 'p', ...prompt] : prompt, status, outputs }
        const history = parseHistory(JSON.stringify({ p: entry }))
        expect(history.ok && history.value.entries.length + history.value.refused).toBe(1)
        parseQueue(JSON.stringify({ queue_running: [prompt], queue_pending: status }))
        parseHistory(JSON.stringify(prompt))
        parseSystemStats(JSON.stringify({ system: status, devices: outputs }))
      }),
      RUNS,
    )
  })
})

describe('a stock server’s figures', () => {
  it('name the card as its driver does, and say that a simulator is none', () => {
    const devices = [{ name: 'cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync', type: 'cuda', index: 0 }]
    const system = { comfyui_version: '0.3.64', pytorch_version: '2.6.0', simulated: true }
    expect(parseSystemStats(JSON.stringify({ system, devices }))).toEqual({
      ok: true,
      value: {
        gpus: [{ index: 0, name: 'NVIDIA GeForce RTX 4090' }],
        comfyVersion: '0.3.64',
        torchVersion: '2.6.0',
        simulated: true,
      },
    })
  })
})
