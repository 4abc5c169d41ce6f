import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createReplay } from '../../simulator/createReplay'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/createSimulator'
import { SCENARIOS, type ScenarioName } from '../../simulator/scenarios'
import { parseFrame } from '../../services/wire/parseFrame'
import { waitUntil } from '../helpers/waitUntil'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await createSimulator({ seed: 7, pace: 0.02, ...options })
  open.push(simulator)
  return simulator
}
const get = async (simulator: { readonly url: string }, path: string): Promise<Record<string, never>> =>
  (await fetch(simulator.url + path)).json()
const post = (simulator: Simulator, path: string, body: unknown): Promise<Response> =>
  fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const ended = (simulator: Simulator): readonly Readonly<Record<string, unknown>>[] =>
  simulator.journal().filter(({ exitReason }) => exitReason !== undefined)
/** The shape of a value: names and types, not contents. */
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.slice(0, 1).map(shape)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shape(member)]))
      : typeof value
const recorded = (file: string): string => readFileSync(`tests/fixtures/recordings/${file}`, 'utf8')

describe('the files of a simulated prompt', () => {
  it('are pictures at /view, each of its own, and others are not there', async () => {
    const simulator = await simulate()
    await waitUntil(() => ended(simulator).length >= 2, 'two scenes')
    const files = ended(simulator).flatMap(({ outputs }) => (Array.isArray(outputs) ? outputs : []))
    const view = (query: Record<string, string>): Promise<Response> =>
      fetch(`${simulator.url}/view?${new URLSearchParams(query)}`)
    const [first, second] = await Promise.all(
      files.slice(0, 2).map(({ filename, subfolder, type }) => view({ filename, subfolder, type })),
    )
    expect(first?.headers.get('content-type')).toBe('image/svg+xml')
    expect(await first?.text()).not.toBe(await second?.text())
    expect((await view({ filename: 'gone.png' })).status).toBe(404)
    expect((await view({ filename: '../secret.png' })).status).toBe(400)
  })
})

describe('a simulated story', () => {
  it('is told to be stopped when another scenario takes its place', async () => {
    const simulator = await simulate({ pace: 1 })
    await waitUntil(
      () => simulator.journal().some(({ status }) => status === 'executing'),
      'a scene executes',
    )
    const [{ runId } = {}] = simulator.journal()
    simulator.setScenario('out-of-memory')
    expect(simulator.journal()).toContainEqual(
      expect.objectContaining({ type: 'run', runId, event: 'stopped' }),
    )
  })

  it('is told over and over, four scenes each', async () => {
    const simulator = await simulate()
    await waitUntil(() => ended(simulator).length >= 8, 'two stories')
    const runs = new Set(ended(simulator).map(({ runId }) => runId))
    expect(runs.size).toBeGreaterThanOrEqual(2)
    expect(
      ended(simulator)
        .slice(0, 4)
        .map(({ exitReason }) => exitReason),
    ).toEqual(Array(4).fill('success'))
  })

  it('is the same from the same seed', async () => {
    const ids = async (): Promise<unknown[]> => {
      const simulator = await simulate()
      await waitUntil(() => ended(simulator).length >= 4, 'a story')
      return ended(simulator)
        .slice(0, 4)
        .map(({ promptId, runId, sceneId }) => [promptId, runId, sceneId])
    }
    expect(await ids()).toEqual(await ids())
  })

  it.each<[ScenarioName, readonly string[]]>([
    ['out-of-memory', ['outOfMemory', 'error']],
    ['restart', ['serverRestart']],
  ])('of the scenario %s has the ends it names, and goes on after them', async (scenario, reasons) => {
    const simulator = await simulate({ scenario })
    await waitUntil(
      () => reasons.every((reason) => ended(simulator).some(({ exitReason }) => exitReason === reason)),
      'its ends',
      10_000,
    )
    const before = ended(simulator).length
    await waitUntil(() => ended(simulator).length > before, 'the next end')
  })

  it('of the scenario busy runs a hundred scenes at once', async () => {
    const simulator = await simulate({ scenario: 'busy', pace: 0.1 })
    await waitUntil(
      async () => (await get(simulator, '/queue')).queue_running?.['length'] === 100,
      'a hundred',
    )
  })
})

describe('the simulator’s stream', () => {
  async function listen(
    simulator: Simulator,
    query = '',
  ): Promise<{ socket: WebSocket; messages: Record<string, unknown>[] }> {
    const socket = new WebSocket(`${simulator.url.replace('http', 'ws')}/telemetry${query}`)
    const messages: Record<string, unknown>[] = []
    socket.on('message', (data) => {
      const frame = parseFrame(String(data))
      expect(frame.refused).toEqual([])
      messages.push(...[JSON.parse(String(data))].flat())
    })
    open.push(socket)
    await waitUntil(() => messages.length > 0, 'hello')
    return { socket, messages }
  }

  it('begins with hello and state, and says that it is simulated', async () => {
    const { messages } = await listen(await simulate())
    expect(messages[0]).toMatchObject({ type: 'hello', protocol: 1, simulated: true })
    expect(messages[1]).toMatchObject({ type: 'state' })
  })

  it('replays what a client missed, and nothing else', async () => {
    const simulator = await simulate()
    await waitUntil(() => ended(simulator).length >= 4, 'a story')
    const { epoch } = await get(simulator, '/telemetry/info')
    const { messages } = await listen(simulator, `?epoch=${epoch}&since=3`)
    const seqs = messages.flatMap(({ seq, type }) =>
      type === 'update' && typeof seq === 'number' ? [seq] : [],
    )
    expect(messages[0]).toMatchObject({ resumed: { from: 3, lost: 0 } })
    expect(seqs[0]).toBe(4)
    const { messages: stranger } = await listen(simulator, '?epoch=another&since=3')
    expect(stranger[0]).toMatchObject({ resumed: { lost: 'unknown' } })
  })

  it('survives its own restart: the journal goes on where it was', async () => {
    const simulator = await simulate({ pace: 0.1 })
    await waitUntil(() => simulator.journal().length > 5, 'a begin')
    const { epoch } = await get(simulator, '/telemetry/info')
    await simulator.restart(50)
    expect((await get(simulator, '/telemetry/info')).epoch).toBe(epoch)
    expect(ended(simulator).map(({ exitReason }) => exitReason)).toContain('serverRestart')
  })

  it('comes back with another journal when it lost its own', async () => {
    const simulator = await simulate({ pace: 0.1 })
    await waitUntil(() => simulator.journal().length > 5, 'a begin')
    const before = await get(simulator, '/telemetry/info')
    await simulator.restart(50, 'lost')
    const after = await get(simulator, '/telemetry/info')
    expect(after.source).toBe(before.source)
    expect(after.epoch).not.toBe(before.epoch)
  })

  it('names its newest entry while samples flow', async () => {
    const clock = { wall: () => Date.now(), mono: () => Math.round(performance.now() * 10) }
    const { messages } = await listen(await simulate({ scenario: 'busy', pace: 1, clock }))
    await waitUntil(() => messages.some(({ type }) => type === 'heartbeat'), 'a heartbeat')
    const samples = messages.filter(({ type, seq }) => type === 'update' && seq === undefined)
    expect(samples.length).toBeGreaterThan(0)
  })

  it('measures by a clock that nobody sets', async () => {
    let set = 0
    const clock = { wall: () => Date.now() + set, mono: () => Math.round(performance.now()) }
    const simulator = await simulate({ clock })
    await waitUntil(() => simulator.journal().some(({ status }) => status === 'executing'), 'a begin')
    set = -600_000
    await waitUntil(() => ended(simulator).length >= 2, 'two ends')
    for (const { duration, queueWait } of ended(simulator)) {
      expect(duration).toBeGreaterThanOrEqual(0)
      expect(queueWait).toBeGreaterThanOrEqual(0)
    }
  })

  it('takes an outcome as the node does: what it does not outrank stays, the figures stay', async () => {
    const simulator = await simulate({ scenario: 'out-of-memory' })
    await waitUntil(() => ended(simulator).length >= 3, 'three ends')
    const [good, bad] = ended(simulator)
    for (const { runId, sceneId, promptId } of [good ?? {}, bad ?? {}])
      await post(simulator, '/telemetry/outcome', { runId, sceneId, promptId, exitReason: 'maxWait' })
    const told = ended(simulator).filter(({ exitReason }) => exitReason === 'maxWait')
    expect(told).toEqual([
      expect.objectContaining({ promptId: good?.promptId, duration: good?.duration, gpu: good?.gpu }),
    ])
  })
})

describe('the simulator’s stock routes', () => {
  it('answer in the shape that the recordings have', async () => {
    const simulator = await simulate()
    await waitUntil(() => ended(simulator).length >= 4, 'a story')
    const entry = (history: object): unknown => Object.values(history)[0]
    const ours = entry(await get(simulator, '/history?max_items=1'))
    const theirs = entry(JSON.parse(recorded('history.json')))
    expect(Object.keys(Object(ours))).toEqual(Object.keys(Object(theirs)))
    expect(shape(Object(ours).status)).toEqual(shape(Object(theirs).status))
    expect(shape(await get(simulator, '/queue').then(Object.keys))).toEqual(
      shape(Object.keys(JSON.parse(recorded('queue.json')))),
    )
  })

  it('queue, interrupt and delete as ComfyUI does', async () => {
    const simulator = await simulate({ tellsStories: false, pace: 1 })
    const prompt = {
      1: { class_type: 'Simulate', inputs: { how: 'success', seconds: 60 } },
      2: { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'scene' } },
    }
    const queue = async (): Promise<string> =>
      (await (await post(simulator, '/prompt', { prompt })).json()).prompt_id
    await queue()
    const second = await queue()
    await waitUntil(() => simulator.journal().some(({ status }) => status === 'executing'), 'executing')
    await post(simulator, '/queue', { delete: [second] })
    await post(simulator, '/interrupt', {})
    await waitUntil(() => ended(simulator).length === 2, 'both ends')
    expect(ended(simulator).map(({ exitReason }) => exitReason)).toEqual(['deleted', 'interrupted'])
    expect((await post(simulator, '/prompt', { prompt: {} })).status).toBe(400)
  })

  it('have no /telemetry in the scenario stock', async () => {
    const simulator = await simulate({ scenario: 'stock' })
    expect((await fetch(`${simulator.url}/telemetry/info`)).status).toBe(404)
    expect((await fetch(`${simulator.url}/system_stats`)).status).toBe(200)
  })

  it('offer the scenarios and switch between them', async () => {
    const simulator = await simulate()
    const menu = await get(simulator, '/simulator/scenarios')
    expect(menu).toMatchObject({
      scenario: 'healthy',
      scenarios: Object.values(SCENARIOS).map(({ name, title }) => ({ name, title })),
    })
    await post(simulator, '/simulator/scenario', { name: 'busy' })
    expect(simulator.scenario()).toBe('busy')
    expect((await post(simulator, '/simulator/scenario', { name: '__proto__' })).status).toBe(400)
  })
})

describe('a request that is none', () => {
  it('does not stop the simulator', async () => {
    const simulator = await simulate({ pageFolder: 'tests' })
    for (const path of ['/telemetry/ui/%', '/history/%', '/telemetry/ui/%00', '//'])
      await fetch(simulator.url + path).catch(() => undefined)
    const socket = new WebSocket(`${simulator.url.replace('http', 'ws')}//`)
    await new Promise((resolve) => socket.on('error', resolve))
    expect((await fetch(`${simulator.url}/system_stats`)).status).toBe(200)
  })
})

describe('a replay', () => {
  it('plays a recording’s frames in their order and answers as the server did', async () => {
    const replay = await createReplay({ folder: 'tests/fixtures/recordings', port: 0, pace: 0.001 })
    open.push(replay)
    const frames: unknown[] = []
    const owner = '4bca1e2af9dd4ab58d713c9e5f63c53c'
    const socket = new WebSocket(`${replay.url.replace('http', 'ws')}/ws?clientId=${owner}`)
    open.push(socket)
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    const expected = recorded('ws.jsonl')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).text)
    await waitUntil(() => frames.length === expected.length, 'every frame')
    expect(frames).toEqual(expected)
    expect(await get(replay, '/history')).toEqual(JSON.parse(recorded('history.json')))
    expect((await fetch(`${replay.url}/telemetry/info`)).status).toBe(404)
  })
})
