import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openServices, SIMULATED_DB, type Services } from '../../../services/telemetry/openServices'
import { createSimulator, type Simulator } from '../../../simulator/createSimulator'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { startScriptedNode, type ScriptedNode } from '../../helpers/scriptedNode'
import { waitUntil } from '../../helpers/waitUntil'

const BrowserSocket = WebSocket as unknown as typeof globalThis.WebSocket
let indexedDB: IDBFactory
let ends: (() => Promise<unknown>)[]

beforeEach(() => {
  indexedDB = freshIndexedDB()
  ends = []
})
afterEach(async () => {
  vi.unstubAllGlobals()
  for (const end of ends.reverse()) await end()
})

function tab(url: string): Services {
  const services = openServices({ url, indexedDB, WebSocket: BrowserSocket, backoffBaseMs: 10 })
  ends.push(() => services.dispose())
  return services
}
async function node(source = 'source-1'): Promise<ScriptedNode> {
  const started = await startScriptedNode()
  started.source = source
  ends.push(() => started.close())
  return started
}
async function simulator(seed: number): Promise<Simulator> {
  const started = await createSimulator({ seed, pace: 0.05 })
  ends.push(() => started.close())
  return started
}
const lines = (services: Services) => services.servers.list.getSnapshot()
const add = async (services: Services, url: string, name?: string): Promise<string> => {
  const added = await services.servers.add(name === undefined ? { url } : { url, name })
  return added.ok ? added.value.id : `refused: ${added.error}`
}
const status = (services: Services, id: string) =>
  services.servers.get(id)?.realtime.getSnapshot().connection.status
const live = (services: Services, id: string) =>
  waitUntil(() => status(services, id) === 'live', `${id} is live`)
const recording = (services: Services, id: string) => services.servers.get(id)?.recording.getSnapshot().status
const saved = async (services: Services, runId: string) => (await services.opened).history.getRun(runId)

let clock = 1_700_000_000_000
/** A prompt that succeeds, the only one of its run. */
const prompt = (runId: string, promptId: string, of = 1): object[] =>
  (['queued', 'executing', 'completed'] as const).map((step) => ({
    type: 'update',
    runId,
    sceneId: `scene-${promptId}`,
    promptId,
    sceneCount: of,
    timestamp: (clock += 1_000),
    status: step,
    ...(step === 'completed' ? { exitReason: 'success', duration: 1_000 } : {}),
  }))

describe('a server', () => {
  it('is recorded from its first word on, however long the browser takes to tell how much room there is', async () => {
    let tellRoom: (estimate: StorageEstimate) => void = () => undefined
    const room = new Promise<StorageEstimate>((resolve) => (tellRoom = resolve))
    vi.stubGlobal('navigator', { storage: { estimate: () => room } })
    const a = await node()
    a.record(...prompt('run-early', 'p1', 2))
    const services = tab(a.url)
    const [home] = lines(services)
    await live(services, home?.id ?? '')
    a.record(...prompt('run-early', 'p2', 2))
    tellRoom({ usage: 1, quota: 2 })
    await waitUntil(async () => (await saved(services, 'run-early'))?.scenes.length === 2, 'both scenes')
  })
})

describe('several servers', () => {
  it('are all recorded at once, by one lease, into one history', async () => {
    const [a, b] = [await simulator(1), await simulator(2)]
    const services = tab(a.url)
    const id = await add(services, b.url, 'Studio B')
    const attempts = async (source: string): Promise<readonly string[]> => {
      const { history } = await services.opened
      const { runs } = await history.queryRuns()
      const whole = await history.getRuns(runs.map(({ runId }) => runId))
      const all = whole.flatMap(({ scenes }) => scenes.flatMap(({ attemptLog }) => attemptLog ?? []))
      return all.flatMap((each) => (each.source === source ? (each.promptId ?? []) : [])).sort()
    }
    const journaled = (simulated: Simulator): readonly string[] =>
      simulated
        .journal()
        .flatMap((each) =>
          each.status === 'completed' || each.status === 'failed' ? [String(each.promptId)] : [],
        )
        .sort()
    await waitUntil(() => journaled(a).length >= 4 && journaled(b).length >= 4, 'a story each', 20_000)
    a.quiet()
    b.quiet()
    for (const each of [a, b])
      await waitUntil(
        async () => JSON.stringify(await attempts(each.source)) === JSON.stringify(journaled(each)),
        'what each journal says',
      )
    expect((await services.opened).dbName).toBe(SIMULATED_DB)
    expect(lines(services).map(({ id: each }) => recording(services, each))).toEqual([
      'recording',
      'recording',
    ])
    expect(await (await services.opened).servers.labels()).toContainEqual({
      source: b.source,
      label: 'Studio B',
    })
    expect(services.servers.get(id)?.realtime.getSnapshot().runs.length).toBeGreaterThan(0)
  }, 40_000)

  it('go on when one of them goes away, and that one is found again under another epoch', async () => {
    const [a, b] = [await node('source-a'), await node('source-b')]
    const services = tab(a.url)
    const id = await add(services, b.url)
    await live(services, id)
    b.record(...prompt('run-b', 'b1', 2))
    await waitUntil(async () => (await saved(services, 'run-b'))?.scenes.length === 1, 'the first of b')
    b.infoStatus = 500
    b.dropAll()
    await waitUntil(() => status(services, id) === 'reconnecting', 'b is gone')
    a.record(...prompt('run-a', 'a1'))
    await waitUntil(async () => (await saved(services, 'run-a'))?.status === 'completed', 'a goes on')
    b.epoch = 'epoch-2'
    b.journal.length = 0
    b.record(...prompt('run-b', 'b2', 2))
    b.infoStatus = 200
    await live(services, id)
    await waitUntil(async () => (await saved(services, 'run-b'))?.scenes.length === 2, 'the second of b')
    expect(lines(services).find((line) => line.id === id)?.source).toBe('source-b')
    expect((await saved(services, 'run-b'))?.source).toBe('source-b')
  })

  it('that turn out to be one are said to be, and saved once; the other takes over when the first goes', async () => {
    const [a, b] = [await node('source-1'), await node('source-2')]
    const services = tab(a.url)
    const id = await add(services, b.url, 'By another address')
    await live(services, id)
    // One server behind two addresses: who it is, and what it journaled, is the same at both.
    b.source = 'source-1'
    b.dropAll()
    await waitUntil(() => recording(services, id) === 'elsewhere', 'said to be the same')
    expect(services.servers.get(id)?.recording.getSnapshot()).toMatchObject({
      reason: expect.stringMatching(/listed as 127\.0\.0\.1:\d+, by another address/),
    })
    const [one, two] = [prompt('run-1', 'p1', 2), prompt('run-1', 'p2', 2)]
    for (const each of [a, b]) each.record(...one)
    await waitUntil(async () => (await saved(services, 'run-1'))?.scenes.length === 1, 'saved once')
    a.infoStatus = 500
    a.dropAll()
    await waitUntil(() => recording(services, id) === 'recording', 'the takeover')
    for (const each of [a, b]) each.record(...two)
    await waitUntil(async () => (await saved(services, 'run-1'))?.status === 'completed', 'the end')
    const scenes = (await saved(services, 'run-1'))?.scenes
    expect(scenes?.map(({ attempts, attemptLog }) => [attempts, attemptLog?.length])).toEqual([
      [1, 1],
      [1, 1],
    ])
    a.infoStatus = 200
    await waitUntil(() => recording(services, id) === 'elsewhere', 'given back')
  })

  it('leave no socket when they are removed; what was saved stays, and the others record on', async () => {
    const [a, b] = [await node('source-a'), await node('source-b')]
    const services = tab(a.url)
    const id = await add(services, b.url)
    await live(services, id)
    b.record(...prompt('run-b', 'b1'))
    await waitUntil(async () => (await saved(services, 'run-b'))?.status === 'completed', 'the run of b')
    await services.servers.remove(id)
    await waitUntil(() => b.sockets.size === 0, 'no socket')
    expect(services.servers.get(id)).toBeUndefined()
    expect(lines(services)).toHaveLength(1)
    a.record(...prompt('run-a', 'a1'))
    await waitUntil(async () => (await saved(services, 'run-a'))?.status === 'completed', 'the run of a')
    expect(await saved(services, 'run-b')).toBeDefined()
    const opened = b.opened.length
    await services.dispose()
    await waitUntil(() => a.sockets.size === 0, 'nor of the other')
    expect(b.opened).toHaveLength(opened)
  })

  it('are in every tab and after a reload, with their names and their order', async () => {
    const [a, b] = [await node('source-a'), await node('source-b')]
    const [first, second] = [tab(a.url), tab(a.url)]
    await second.opened
    const id = await add(first, b.url)
    await waitUntil(() => lines(second).length === 2, 'the other tab has it')
    await live(second, id)
    await second.servers.rename(id, 'Studio B')
    await second.servers.reorder([id, second.servers.home.id])
    await waitUntil(() => lines(first).map(({ name }) => name)[0] === 'Studio B', 'the first tab has that')
    await Promise.all([first.dispose(), second.dispose()])
    const third = tab(a.url)
    await waitUntil(() => lines(third).map(({ name }) => name)[0] === 'Studio B', 'a reload has it')
    expect(third.servers.home.id).toBe(lines(third)[1]?.id)
    await third.servers.rename(id, '')
    expect(lines(third)[0]?.name).toBe(new URL(b.url).host)
  })

  it('never mix simulated with real runs: a simulator beside a real server is shown and not saved', async () => {
    const [a, b] = [await node(), await simulator(3)]
    const services = tab(a.url)
    const id = await add(services, b.url)
    await waitUntil(() => recording(services, id) === 'paused', 'refused')
    expect(services.servers.get(id)?.recording.getSnapshot()).toMatchObject({
      reason: expect.stringMatching(/simulated data.*nothing is saved\.$/),
    })
    await waitUntil(() => services.servers.get(id)?.realtime.getSnapshot().runs.length, 'it is shown')
    a.record(...prompt('run-a', 'a1'))
    await waitUntil(async () => (await saved(services, 'run-a'))?.status === 'completed', 'the real run')
    expect((await (await services.opened).history.queryRuns()).total).toBe(1)
  })
})

describe('adding a server', () => {
  it('is refused for what is listed, by that address or another, and for what is no ComfyUI', async () => {
    const [a, b] = [await node('source-a'), await node('source-b')]
    const page = createHttpServer((request, response) => {
      response.writeHead(request.url?.startsWith('/telemetry') ? 404 : 200).end('<html>')
    })
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
    ends.push(async () => (page.closeAllConnections(), page.close()))
    const { port } = page.address() as AddressInfo
    const services = tab(a.url)
    await live(services, services.servers.home.id)
    expect(await add(services, `${a.url}/`)).toMatch(/in the list already/)
    expect(await add(services, a.url.replace('127.0.0.1', 'localhost'))).toMatch(
      /in the list as 127\.0\.0\.1:\d+, by another address/,
    )
    expect(await add(services, `http://127.0.0.1:${port}`)).toMatch(/is not ComfyUI/)
    expect(await add(services, 'http://user:secret@gpu-box')).toMatch(/COMFYUI_AUTH/)
    await b.close()
    expect(await add(services, b.url)).toMatch(/No answer.*Start it, then add it again/)
    expect(lines(services)).toHaveLength(1)
  })

  it('of the server that the page was opened for can’t be undone', async () => {
    const services = tab((await node()).url)
    await expect(services.servers.remove(services.servers.home.id)).rejects.toThrow(/cannot be removed here/)
  })
})
