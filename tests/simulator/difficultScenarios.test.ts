import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { parseFrame } from '../../services/wire/parseFrame'
import type { StreamMessage, UpdateMessage } from '../../services/wire/messages'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/createSimulator'
import { waitUntil } from '../helpers/waitUntil'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
async function simulate(options: SimulatorOptions): Promise<Simulator> {
  const simulator = await createSimulator({ seed: 7, ...options })
  open.push(simulator)
  return simulator
}
const endsOf = (simulator: Simulator, scene: string): unknown[] => {
  const [first] = simulator.journal()
  return simulator
    .journal()
    .filter(({ runId, sceneId, exitReason }) => runId === first?.runId && sceneId === scene && exitReason)
    .map(({ exitReason }) => exitReason)
}

/** A client that keeps what it understood, and counts the rest. */
async function listen(simulator: Simulator) {
  const socket = new WebSocket(`${simulator.url.replace('http', 'ws')}/telemetry?intervalMs=100`)
  open.push(socket)
  const heard = { messages: [] as StreamMessage[], refused: [] as string[], frames: 0, binary: 0 }
  socket.on('message', (data, isBinary) => {
    heard.frames += 1
    if (isBinary) heard.binary += 1
    const { messages, refused } = parseFrame(isBinary ? data : String(data))
    heard.messages.push(...messages)
    heard.refused.push(...refused)
  })
  await waitUntil(() => heard.messages.some(({ type }) => type === 'state'), 'the opening')
  return heard
}
const isUpdate = (message: StreamMessage): message is UpdateMessage => message.type === 'update'

describe('the scenario slow', () => {
  it('has a first scene that executes on and on without a step, while samples come', async () => {
    const simulator = await simulate({ scenario: 'slow', pace: 0.1 })
    const { messages } = await listen(simulator)
    const quiet = (): number => {
      const samples = messages.filter(isUpdate).filter(({ seq }) => seq === undefined)
      return samples.filter(({ progress }) => progress?.nodeType === samples.at(-1)?.progress?.nodeType)
        .length
    }
    await waitUntil(() => quiet() >= 5, 'samples of one step')
    expect(messages.filter(isUpdate).at(-1)).toMatchObject({ sceneId: 'scene-001', status: 'executing' })
    expect(endsOf(simulator, 'scene-001')).toEqual([])
  })

  it('answers late', async () => {
    const simulator = await simulate({ scenario: 'slow', pace: 0.2, tellsStories: false })
    const began = performance.now()
    expect((await fetch(`${simulator.url}/telemetry/info`)).status).toBe(200)
    expect(performance.now() - began).toBeGreaterThan(190)
  })
})

describe('the scenario timeouts', () => {
  it('has scenes that end at the limit alone: one succeeds when it is tried again, one never does', async () => {
    const simulator = await simulate({ scenario: 'timeouts', pace: 0.04 })
    await waitUntil(() => endsOf(simulator, 'scene-002').length === 2, 'both attempts of scene 2')
    await waitUntil(() => endsOf(simulator, 'scene-003').length === 2, 'both attempts of scene 3')
    expect(endsOf(simulator, 'scene-002')).toEqual(['maxWait', 'success'])
    expect(endsOf(simulator, 'scene-003')).toEqual(['maxWait', 'maxWait'])
  })

  it('tells the limit with the story, and how long a scene ran until it was reached', async () => {
    const simulator = await simulate({ scenario: 'timeouts', pace: 0.04 })
    await waitUntil(() => endsOf(simulator, 'scene-002').length >= 1, 'the limit')
    const [queued] = simulator.journal()
    expect(queued).toMatchObject({ policy: { maxWaitSeconds: 1 } })
    const timedOut = simulator.journal().find(({ exitReason }) => exitReason === 'maxWait')
    expect(timedOut?.duration).toBeGreaterThan(990)
    expect(timedOut).toMatchObject({ status: 'failed', gpu: { samples: expect.any(Number) } })
  })

  it('is left alone by what somebody else queues to hang: that ends when it is interrupted', async () => {
    const simulator = await simulate({ scenario: 'timeouts', pace: 0.02, tellsStories: false })
    const post = (path: string, body: object): Promise<Response> =>
      fetch(simulator.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const prompt = { 1: { class_type: 'Simulate', inputs: { how: 'success', seconds: 1 } } }
    await post('/prompt', { prompt, extra_data: { simulate: 'never' } })
    await waitUntil(() => simulator.journal().some(({ status }) => status === 'executing'), 'executing')
    await post('/interrupt', {})
    await waitUntil(() => simulator.journal().at(-1)?.exitReason === 'interrupted', 'the interrupt')
  })
})

describe('the scenario garbage', () => {
  it('puts what no server should send between the true frames, of which none is missing', async () => {
    const simulator = await simulate({ scenario: 'garbage', pace: 0.02 })
    const heard = await listen(simulator)
    await waitUntil(() => heard.frames > 80 && heard.binary > 0, 'every kind of garbage', 15_000)
    const reasons = heard.refused.join('\n')
    for (const reason of [
      /Not JSON/,
      /too long/,
      /Expected an object, got/,
      /At type/,
      /At seq/,
      /At status/,
    ])
      expect(reasons).toMatch(reason)
    expect(Object.keys(Object.prototype)).toEqual([])
    const told = new Map(simulator.journal().map((entry) => [entry.seq, entry]))
    const seqs = heard.messages.filter(isUpdate).flatMap(({ seq }) => seq ?? [])
    const newest = Math.max(...seqs)
    for (let seq = Math.min(...seqs); seq <= newest; seq++) {
      const first = heard.messages.filter(isUpdate).find((message) => message.seq === seq)
      expect(first?.promptId).toBe(told.get(seq)?.promptId)
    }
  })
})
