import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExitReason, HistoricalRun } from '../../types'
import type { Services } from '../../services/telemetry/openServices'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/createSimulator'
import { freshIndexedDB } from '../helpers/fakeIndexedDB'
import { graphOf, openTestServices, policyOf, requestOf } from '../helpers/openTestServices'
import { waitUntil } from '../helpers/waitUntil'

let simulator: Simulator
const tabs: Services[] = []

beforeEach(() => start())
afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.dispose()))
  await simulator.close()
})

async function start(options: SimulatorOptions = {}): Promise<void> {
  await simulator?.close()
  simulator = await createSimulator({ seed: 1, pace: 1, tellsStories: false, ...options })
}
function tab(options: Parameters<typeof openTestServices>[1] = {}): Services {
  const services = openTestServices(simulator.url, options)
  tabs.push(services)
  return services
}
const post = (path: string, body: object): Promise<Response> =>
  fetch(simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const endings = (run: HistoricalRun): Record<string, ExitReason[] | undefined> =>
  Object.fromEntries(
    run.scenes.map(({ sceneId, attemptLog }) => [sceneId, attemptLog?.map(({ exitReason }) => exitReason)]),
  )
const executed = (sceneId: string): boolean =>
  simulator.journal().some((entry) => entry.sceneId === sceneId && entry.status === 'executing')

describe('a run that is generated', () => {
  it('is queued scene by scene, in order, and resolves as the history has it', async () => {
    const { comfy } = tab()
    const run = await comfy.generate(
      'run-1',
      requestOf([graphOf(), graphOf(), graphOf()], { tags: ['night'] }),
    )
    expect(run).toMatchObject({
      runId: 'run-1',
      runName: 'Night run',
      status: 'completed',
      sceneCount: 3,
      tags: ['night'],
    })
    expect(endings(run)).toEqual({ a: ['success'], b: ['success'], c: ['success'] })
    const order = simulator.journal().filter(({ status }) => status === 'queued' || status === 'completed')
    expect(order.map(({ sceneId, status }) => `${String(sceneId)} ${String(status)}`)).toEqual([
      'a queued',
      'a completed',
      'b queued',
      'b completed',
      'c queued',
      'c completed',
    ])
  })

  it('queues a failed scene again as often as its budget says, before the next scene', async () => {
    const { comfy } = tab()
    const policy = policyOf({ sceneRetryBudget: 1 })
    const run = await comfy.generate('run-1', requestOf([graphOf(0.1, 'error'), graphOf()], { policy }))
    expect(endings(run)).toEqual({ a: ['error', 'error'], b: ['success'] })
    expect(run.status).toBe('completed')
  })

  it('keeps its max wait, and tells the outcome before it interrupts', async () => {
    const { comfy } = tab()
    const policy = policyOf({ maxWaitSeconds: 1 })
    const run = await comfy.generate('run-1', requestOf([graphOf(600), graphOf()], { policy }))
    expect(endings(run)).toEqual({ a: ['maxWait'], b: ['success'] })
    expect(run.scenes[0]).toMatchObject({ status: 'timeout' })
    const ends = simulator.journal().filter(({ sceneId, status }) => sceneId === 'a' && status === 'failed')
    expect(ends.map(({ exitReason }) => exitReason)).toEqual(['maxWait'])
  })

  it('counts the max wait of a scene given ahead from when nothing of the run is before it', async () => {
    const { comfy } = tab()
    const policy = policyOf({ maxWaitSeconds: 1.5 })
    const request = requestOf([graphOf(1), graphOf(1), graphOf(1)], { policy, queueAhead: 'all' })
    expect(endings(await comfy.generate('run-1', request))).toEqual({
      a: ['success'],
      b: ['success'],
      c: ['success'],
    })
  })

  it('stops after so many polls', async () => {
    const { comfy } = tab()
    const policy = policyOf({ maxAttempts: 3 })
    expect(endings(await comfy.generate('run-1', requestOf([graphOf(600)], { policy })))).toEqual({
      a: ['attemptLimit'],
    })
  })

  it('waits between scenes, and then gives the server one at a time', async () => {
    const { comfy } = tab()
    const policy = policyOf({ delayBetweenScenesSeconds: 0.5 })
    await comfy.generate('run-1', requestOf([graphOf(), graphOf()], { policy, queueAhead: 'all' }))
    const [ended, queued] = ['completed', 'queued'].map((status, scene) =>
      Number(
        simulator.journal().find((entry) => entry.status === status && entry.sceneId === 'ab'[scene])
          ?.timestamp,
      ),
    )
    expect((queued ?? 0) - (ended ?? 0)).toBeGreaterThanOrEqual(500)
  })

  it('writes its batch size to every input of that name', async () => {
    const { comfy } = tab()
    const graph = {
      ...graphOf(),
      '3': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
    }
    const run = await comfy.generate('run-1', requestOf([graph], { policy: policyOf({ batchSize: 3 }) }))
    expect(run.scenes[0]?.environment?.batch).toBe(3)
  })

  it('is stopped: its prompts leave the server, and the run is told to have been stopped', async () => {
    const { comfy } = tab()
    const finished = comfy.generate(
      'run-1',
      requestOf([graphOf(600), graphOf(), graphOf()], { queueAhead: 2 }),
    )
    await waitUntil(
      () => simulator.journal().some(({ sceneId }) => sceneId === 'b'),
      'the second scene is queued',
    )
    comfy.stop('run-1')
    const run = await finished
    expect(run.status).toBe('interrupted')
    expect(endings(run)).toEqual({ a: ['interrupted'], b: ['deleted'] })
  })

  it('queues the failed scenes again, as the same run’s next attempts', async () => {
    const { comfy } = tab()
    await comfy.generate('run-1', requestOf([graphOf(0.1, 'error'), graphOf()]))
    const run = await comfy.retryFailed('run-1')
    expect(endings(run)).toEqual({ a: ['error', 'error'], b: ['success'] })
    expect(run.scenes[0]?.attemptLog?.map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  it('gets the workflow from the server’s history where this browser did not keep the plan', async () => {
    await tab().comfy.generate('run-1', requestOf([graphOf(0.1, 'error'), graphOf()]))
    const other = tab()
    await waitUntil(
      async () => (await (await other.opened).history.getRun('run-1'))?.status === 'completed',
      'it is told',
    )
    expect(endings(await other.comfy.retryFailed('run-1'))).toMatchObject({ a: ['error', 'error'] })
  })
})

describe('a request that cannot be queued', () => {
  it('is refused with messages that name scene, node and input', async () => {
    const { comfy } = tab()
    const graph = {
      '1': { class_type: 'Nowhere', inputs: {} },
      '2': { class_type: 'SaveImage', inputs: { images: ['7', 0] } },
      '3': { class_type: 'Simulate', inputs: { how: 'perhaps', seconds: -1 } },
    }
    expect(await comfy.validate(requestOf([graphOf(), graph]))).toEqual([
      {
        scene: 1,
        nodeId: '1',
        message: 'The server has no node of type Nowhere. Is its custom node installed?',
      },
      {
        scene: 1,
        nodeId: '2',
        input: 'images',
        message: 'SaveImage.images is linked to node 7, which the workflow lacks.',
      },
      { scene: 1, nodeId: '2', input: 'filename_prefix', message: 'SaveImage.filename_prefix is missing.' },
      {
        scene: 1,
        nodeId: '3',
        input: 'how',
        message: 'Simulate.how is "perhaps", which the server does not offer.',
      },
      { scene: 1, nodeId: '3', input: 'seconds', message: 'Simulate.seconds is -1; the least is 0.' },
    ])
    await expect(comfy.generate('run-1', requestOf([graph]))).rejects.toMatchObject({ code: 'invalid' })
    expect(simulator.journal()).toEqual([])
  })

  it('names what is wrong with the policy and the scenes’ ids', async () => {
    const { comfy } = tab()
    const request = requestOf([graphOf()], {
      policy: policyOf({ maxWaitSeconds: Number.NaN, sceneRetryBudget: 1.5 }),
    })
    const scenes = [...request.scenes, ...request.scenes]
    expect((await comfy.validate({ ...request, scenes })).map(({ message }) => message)).toEqual([
      'Max wait must be a number from 0 to 604800.',
      'Retries per scene must be a whole number from 0 to 100.',
      'The id a is that of scene 1 already.',
    ])
  })
})

describe('a run on a server without the node', () => {
  it('keeps its limits, and is in the history as it went', async () => {
    await start({ scenario: 'stock' })
    const { comfy, realtime } = tab()
    await waitUntil(() => realtime.getSnapshot().connection.status === 'fallback', 'the fallback')
    const policy = policyOf({ maxWaitSeconds: 2, sceneRetryBudget: 0 })
    const graphs = [graphOf(0.5), graphOf(600), graphOf(0.5, 'error')]
    const finished = comfy.generate('run-1', requestOf(graphs, { policy }))
    await waitUntil(() => comfy.generations.getSnapshot().length === 1, 'it is queued')
    expect(comfy.generations.getSnapshot()[0]?.needsTabFor).toEqual(['queueing', 'limits'])
    const run = await finished
    expect(endings(run)).toEqual({ a: ['success'], b: ['maxWait'], c: ['error'] })
    expect(run).toMatchObject({ runName: 'Night run', status: 'completed' })
  })
})

describe('a host that queues by itself', () => {
  it('reports its run, whose prompt without labels and its limit are kept as that run’s', async () => {
    const { comfy, opened, realtime } = tab()
    await waitUntil(() => realtime.getSnapshot().connection.status === 'live', 'live')
    const scene = { runId: 'host-run', sceneId: 'opening', promptId: 'p-1' }
    void comfy.report('beginRun', [{ runId: 'host-run', runName: 'By the host', sceneCount: 1 }])
    await comfy.report('queued', [scene])
    await post('/prompt', { prompt: graphOf(600), prompt_id: 'p-1' })
    await waitUntil(() => simulator.journal().some(({ status }) => status === 'executing'), 'it executes')
    await comfy.report('outcome', [{ ...scene, exitReason: 'maxWait' }])
    await post('/interrupt', { prompt_id: 'p-1' })
    await comfy.report('endRun', ['host-run', 'ended'])
    const saved = async (): Promise<HistoricalRun | undefined> => (await opened).history.getRun('host-run')
    await waitUntil(async () => (await saved())?.status === 'failed', 'the run is over')
    expect(await saved()).toMatchObject({
      runName: 'By the host',
      scenes: [{ sceneId: 'opening', status: 'timeout', attemptLog: [{ exitReason: 'maxWait' }] }],
    })
  })
})

describe('a run whose tab went away', () => {
  it('is offered by the next page, which goes on where it was and queues nothing twice', async () => {
    const indexedDB = freshIndexedDB()
    const first = tab({ indexedDB })
    const lost = first.comfy.generate('run-1', requestOf([graphOf(), graphOf(0.6), graphOf()]))
    lost.catch(() => undefined)
    await waitUntil(() => executed('b'), 'the second scene executes')
    await first.dispose()
    await expect(lost).rejects.toMatchObject({ code: 'gone' })

    const { comfy } = tab({ indexedDB })
    expect(await comfy.unfinished()).toMatchObject([
      { runId: 'run-1', runName: 'Night run', done: 1, of: 3, toQueue: 1 },
    ])
    const run = await comfy.resume('run-1')
    expect(endings(run)).toEqual({ a: ['success'], b: ['success'], c: ['success'] })
    expect(await comfy.unfinished()).toEqual([])
  })

  it('can be discarded: what it left on the server goes, and it is offered no more', async () => {
    const indexedDB = freshIndexedDB()
    const first = tab({ indexedDB })
    first.comfy.generate('run-1', requestOf([graphOf(600), graphOf()])).catch(() => undefined)
    await waitUntil(() => executed('a'), 'the first scene executes')
    await first.dispose()
    const { comfy, opened } = tab({ indexedDB })
    await comfy.discard('run-1')
    expect(await comfy.unfinished()).toEqual([])
    await waitUntil(
      async () => (await (await opened).history.getRun('run-1'))?.status === 'interrupted',
      'it is stopped',
    )
  })
})
