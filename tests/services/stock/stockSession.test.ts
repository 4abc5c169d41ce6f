import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openServices, type Services } from '../../../services/telemetry/openServices'
import { createToldChannel } from '../../../services/told/createToldChannel'
import type { AttemptRecord } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { entryOf, itemOf, startStockServer, type StockServer } from '../../helpers/stockServer'
import { waitUntil } from '../../helpers/waitUntil'

const BrowserSocket = WebSocket as unknown as typeof globalThis.WebSocket
let server: StockServer
let indexedDB: IDBFactory
const open: Services[] = []

beforeEach(async () => {
  server = await startStockServer()
  indexedDB = freshIndexedDB()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((services) => services.dispose()))
  await server.close()
})

function tab(now?: () => number): Services {
  const services = openServices({
    url: server.url,
    indexedDB,
    WebSocket: BrowserSocket,
    ...(now ? { now } : {}),
  })
  open.push(services)
  return services
}
/** It has looked at the server, and its socket is heard. */
async function watching(services: Services): Promise<void> {
  await waitUntil(() => server.sockets.size === 1 && server.asked.has('/history'), 'the first look')
  await waitUntil(() => services.recording.getSnapshot().status === 'recording', 'recording')
}
const connection = ({ realtime }: Services) => realtime.getSnapshot().connection
async function attempts(services: Services, runId = 'run'): Promise<readonly AttemptRecord[]> {
  const run = await (await services.opened).history.getRun(runId)
  return run?.scenes.flatMap(({ attemptLog }) => attemptLog ?? []) ?? []
}
const scene = ({ realtime }: Services, sceneId: string, runId = 'run') =>
  realtime.getSnapshot().scenes.get(`${runId}\u0000${sceneId}`)
const remember = (item: unknown[], startedAt: number): void =>
  void server.history.set(String(item[1]), entryOf(item, startedAt))

describe('a server without the node', () => {
  it('shows what executes there with its GPU memory, and keeps the trace of it', async () => {
    const services = tab()
    await watching(services)
    const item = itemOf('p', 's')
    server.running = [item]
    server.status()
    await waitUntil(() => scene(services, 's')?.gpuVramFree === 20e9, 'a reading of the scene')
    remember(item, Date.now())
    server.running = []
    server.status()
    await waitUntil(async () => (await attempts(services)).length === 1, 'the attempt')
    const [attempt] = await attempts(services)
    expect(attempt).toMatchObject({
      duration: 1_000,
      exitReason: 'success',
      gpuName: 'Test',
      gpu: { vramFreeMean: 20e9 },
    })
    const { history } = await services.opened
    expect(await history.traces([{ source: server.url, promptId: 'p' }])).toHaveLength(1)
  })

  it('is read back to what is known, and nothing is saved twice after a reload', async () => {
    for (let n = 0; n < 150; n++) remember(itemOf(`p${n}`, `s${n}`, n), 1_700_000_000_000 + n * 5_000)
    const first = tab()
    await waitUntil(async () => (await attempts(first)).length === 150, 'all of its past', 40_000)
    await first.dispose()
    const again = itemOf('again', 's0', 150)
    remember(again, 1_700_000_900_000)
    const second = tab()
    await waitUntil(async () => (await attempts(second)).length === 151, 'what is new')
    expect((await attempts(second)).find(({ promptId }) => promptId === 'again')).toMatchObject({
      attempt: 2,
    })
    expect(second.realtime.getSnapshot().events).toHaveLength(1)
  }, 60_000)

  it('gets another socket of the same id when the first is deaf', async () => {
    server.deaf = 1
    const services = tab()
    await waitUntil(() => server.opened.length === 2, 'the second socket', 8_000)
    expect(server.opened[0]).toBe(server.opened[1])
    expect(server.sockets.size).toBe(1)
    await waitUntil(() => connection(services).status === 'fallback', 'the fallback')
  })

  it('with Crystools has utilisation and temperature, and says when they stop', async () => {
    let skew = 0
    const services = tab(() => Date.now() + skew)
    await watching(services)
    server.say('crystools.monitor', { gpus: [{ gpu_utilization: 97, gpu_temperature: 60, vram_total: -1 }] })
    await waitUntil(() => services.realtime.getSnapshot().gpus[0]?.utilization === 97, 'the utilisation')
    expect(services.realtime.getSnapshot().gpus).toEqual([
      { index: 0, name: 'Test', utilization: 97, temperature: 60, vramFree: 20e9, vramTotal: 24e9 },
    ])
    expect(connection(services)).toEqual({
      status: 'fallback',
      kind: 'crystools',
      missing: ['GPU power', 'node times', 'progress of what others queue', 'replay after a drop'],
    })
    skew = 15_000
    await waitUntil(() => {
      const now = connection(services)
      return now.status === 'fallback' && now.kind === 'stock' && now.missing.includes('GPU utilisation')
    }, 'their end')
  })

  it('that went away and forgot everything has lost what was open', async () => {
    const services = tab()
    await watching(services)
    server.running = [itemOf('p', 's')]
    server.pending = [itemOf('q', 't', 2)]
    server.status()
    await waitUntil(() => scene(services, 't')?.status === 'queued', 'both')
    server.running = []
    server.pending = []
    for (const socket of server.sockets) socket.terminate()
    await waitUntil(async () => (await attempts(services)).length === 2, 'both ends')
    expect((await attempts(services)).map(({ exitReason }) => exitReason)).toEqual([
      'serverRestart',
      'serverRestart',
    ])
  })

  it('leaves no socket behind when it is not watched any more', async () => {
    const services = tab()
    await watching(services)
    await services.dispose()
    await waitUntil(() => server.sockets.size === 0, 'the socket’s end')
  })
})

describe('what the queuing side tells in another tab', () => {
  const tell = (message: object): void => {
    const channel = createToldChannel()
    channel.tell({ base: server.url, at: Date.now(), ...message } as never)
    channel.close()
  }

  it('names the scene of a prompt without labels, and its outcome counts for more than the server’s', async () => {
    const services = tab()
    await watching(services)
    tell({ type: 'label', promptId: 'p', runId: 'host', sceneId: 's' })
    const item = [1, 'p', { 1: { class_type: 'KSampler', inputs: {} } }, {}, []]
    server.running = [item]
    server.status()
    await waitUntil(() => scene(services, 's', 'host')?.status === 'executing', 'the scene of the host')
    tell({ type: 'outcome', promptId: 'p', runId: 'host', sceneId: 's', exitReason: 'maxWait' })
    await waitUntil(async () => (await attempts(services, 'host')).length === 1, 'the outcome')
    remember(item, Date.now())
    server.running = []
    server.status()
    await waitUntil(() => (server.asked.get('/history') ?? 0) > 2, 'the look after')
    expect(await attempts(services, 'host')).toMatchObject([{ exitReason: 'maxWait', attempt: 1 }])
    tell({ type: 'run', runId: 'host', event: 'stopped' })
    const { history } = await services.opened
    await waitUntil(async () => (await history.getRun('host'))?.status === 'interrupted', 'the stop')
  })

  it('about another server is not this one’s', async () => {
    const services = tab()
    await watching(services)
    tell({ type: 'run', runId: 'other', event: 'begin', base: 'http://elsewhere:8188' })
    tell({ type: 'run', runId: 'mine', event: 'begin' })
    await waitUntil(() => services.realtime.getSnapshot().runs.length > 0, 'the run')
    expect(services.realtime.getSnapshot().runs.map(({ runId }) => runId)).toEqual(['mine'])
  })
})
