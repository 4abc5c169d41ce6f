import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenPrompt } from '../../services/history/recorderStore'
import type { JournalBatch } from '../../services/realtime/journalBatch'
import { createListeners, createStore } from '../../services/shared/createStore'
import { EMPTY_LIVE_STATE } from '../../services/telemetry/livePatch'
import { createTelemetryRecorder } from '../../services/telemetryRecorder'
import { openServices, type Services } from '../../services/telemetry/openServices'
import type { HistoricalRun, RealtimeTelemetryUpdate } from '../../types'
import { BrowserSocket } from '../helpers/BrowserSocket'
import { freshIndexedDB } from '../helpers/fakeIndexedDB'
import { hello, startScriptedNode, type ScriptedNode } from '../helpers/scriptedNode'
import { waitUntil } from '../helpers/waitUntil'

let node: ScriptedNode
let indexedDB: IDBFactory
const open: Services[] = []

beforeEach(async () => {
  node = await startScriptedNode()
  indexedDB = freshIndexedDB()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((services) => services.dispose()))
  await node.close()
})

function tab(): Services {
  const services = openServices({ url: node.url, indexedDB, WebSocket: BrowserSocket })
  open.push(services)
  return services
}
const live = (services: Services) =>
  waitUntil(() => services.realtime.getSnapshot().connection.status === 'live', 'live')
const saved = async (services: Services, runId = 'run-1'): Promise<HistoricalRun | undefined> =>
  (await services.opened).history.getRun(runId)
const savedAs = (services: Services, status: HistoricalRun['status'], runId = 'run-1') =>
  waitUntil(async () => (await saved(services, runId))?.status === status, `run saved as ${status}`)

const START = 1_700_000_000_000
let clock = START
const told = (fields: Partial<RealtimeTelemetryUpdate>): object => ({
  type: 'update',
  runId: 'run-1',
  timestamp: (clock += 1_000),
  sceneCount: 2,
  ...fields,
})
/** The three lifecycle messages of one prompt that succeeds, or ends as told. */
const prompt = (sceneId: string, promptId: string, end: Partial<RealtimeTelemetryUpdate> = {}): object[] => [
  told({ sceneId, promptId, status: 'queued' }),
  told({ sceneId, promptId, status: 'executing', queueWait: 1_000 }),
  told({ sceneId, promptId, status: 'completed', exitReason: 'success', duration: 1_000, ...end }),
]

describe('the recorder', () => {
  it('saves a run with its scenes, times and outcome', async () => {
    const services = tab()
    await live(services)
    node.record(...prompt('a', 'p1', { gpu: { samples: 9, vramFreeMean: 8e9 } }), ...prompt('b', 'p2'))
    await savedAs(services, 'completed')
    const run = await saved(services)
    expect(run).toMatchObject({ sceneCount: 2, successRate: 1, averageDuration: 1_000, source: 'source-1' })
    expect(run?.scenes).toHaveLength(2)
    expect(run?.scenes.find(({ sceneId }) => sceneId === 'a')).toMatchObject({
      status: 'success',
      attempts: 1,
      duration: 1_000,
      queueWait: 1_000,
      gpuVramFree: 8e9,
      promptId: 'p1',
    })
  })

  it('shows a run as running while a prompt is open', async () => {
    const services = tab()
    await live(services)
    node.record(...prompt('a', 'p1').slice(0, 2))
    await savedAs(services, 'running')
  })

  it('takes a run up after a reload: nothing missing, nothing twice', async () => {
    const first = tab()
    await live(first)
    node.record(...prompt('a', 'p1'), ...prompt('b', 'p2').slice(0, 1))
    await waitUntil(async () => (await saved(first))?.scenes.length === 1, 'the first scene')
    await first.dispose()
    const [, executing, completed] = prompt('b', 'p2')
    node.record(executing ?? {}, completed ?? {})
    const second = tab()
    await savedAs(second, 'completed')
    expect((await saved(second))?.scenes.map(({ sceneId, attempts }) => [sceneId, attempts])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('learns everything of a run that nobody watched, GPU trace included', async () => {
    node.record(...prompt('a', 'p1', { gpu: { samples: 3, powerMean: 300 } }), ...prompt('b', 'p2'))
    const points = [{ at: START, gpus: [{ index: 0, vramFree: 5e9 }] }]
    node.traces.set('p1', { source: 'source-1', promptId: 'p1', points, gaps: [] })
    const services = tab()
    await savedAs(services, 'completed')
    const { history } = await services.opened
    expect(await history.traces([{ source: 'source-1', promptId: 'p1' }])).toMatchObject([{ points }])
    expect((await saved(services))?.scenes[0]?.gpuPowerMean).toBe(300)
  })

  it('counts the same scene queued again as its next attempt', async () => {
    const services = tab()
    await live(services)
    const failure = { status: 'failed', exitReason: 'outOfMemory', attempt: 1 } as const
    node.record(...prompt('a', 'p1', failure), ...prompt('a', 'p2', { attempt: 2 }), ...prompt('b', 'p3'))
    await savedAs(services, 'completed')
    const scene = (await saved(services))?.scenes.find(({ sceneId }) => sceneId === 'a')
    expect(scene).toMatchObject({ status: 'success', attempts: 2, promptId: 'p2' })
    expect(scene?.attemptLog?.map(({ exitReason }) => exitReason)).toEqual(['outOfMemory', 'success'])
  })

  it('makes of a told timeout and the interrupt after it one attempt with maxWait', async () => {
    const services = tab()
    await live(services)
    node.record(...prompt('a', 'p1', { status: 'failed', exitReason: 'interrupted' }))
    await waitUntil(async () => (await saved(services))?.scenes.length === 1, 'the interrupt')
    node.record(told({ sceneId: 'a', promptId: 'p1', status: 'failed', exitReason: 'maxWait' }))
    await waitUntil(async () => (await saved(services))?.scenes[0]?.status === 'timeout', 'the timeout')
    const scene = (await saved(services))?.scenes[0]
    expect(scene?.attemptLog).toHaveLength(1)
    expect(scene).toMatchObject({ exitReason: 'maxWait', duration: 1_000 })
  })

  it('lays an outcome that is told after a reload over what is stored of its attempt', async () => {
    const first = tab()
    await live(first)
    const gpu = { samples: 9, vramFreeMean: 8e9 }
    node.record(
      ...prompt('a', 'p1', { gpu }),
      ...prompt('b', 'p2', { status: 'failed', exitReason: 'error' }),
    )
    await waitUntil(async () => (await saved(first))?.scenes.length === 2, 'both ends')
    await first.dispose()
    node.record(
      told({ sceneId: 'b', promptId: 'p2', status: 'failed', exitReason: 'maxWait' }),
      told({ sceneId: 'a', promptId: 'p1', status: 'failed', exitReason: 'maxWait' }),
    )
    const second = tab()
    await waitUntil(async () => (await saved(second))?.scenes[0]?.exitReason === 'maxWait', 'the outcome')
    const [a, b] = (await saved(second))?.scenes ?? []
    expect(a).toMatchObject({ duration: 1_000, attemptLog: [{ gpu, queueWait: 1_000 }] })
    expect(a?.queuedAt).toBeDefined()
    expect(b).toMatchObject({ exitReason: 'error' })
  })

  it('ends a run whose time came while no page was open, though nothing more is told', async () => {
    let serverNow = clock
    const resumed = { from: 3, to: 3, lost: 0 }
    node.greet = (socket) => socket.send(JSON.stringify(hello(node, { now: serverNow, resumed })))
    const visit = (): Services => {
      const options = { url: node.url, indexedDB, WebSocket: BrowserSocket, now: () => serverNow }
      open.push(openServices(options))
      return open.at(-1) as Services
    }
    node.journal.push(
      ...prompt('a', 'p1').map((message, index) => ({ ...message, sceneCount: undefined, seq: index + 1 })),
    )
    serverNow = clock
    const first = visit()
    await savedAs(first, 'running')
    await first.dispose()
    serverNow += 61_000
    await savedAs(visit(), 'completed')
  })

  it('remembers over a reload that a run was stopped while a prompt of it went on', async () => {
    const first = tab()
    await live(first)
    const [queued, executing, end] = prompt('a', 'p1')
    const stop = { type: 'run', runId: 'run-1', event: 'stopped', timestamp: clock }
    node.record(queued ?? {}, executing ?? {}, stop)
    await waitUntil(async () => (await saved(first))?.told !== undefined, 'the stop')
    await first.dispose()
    const second = tab()
    await live(second)
    node.record(end ?? {})
    await savedAs(second, 'interrupted')
  })

  it('ends a run that was stopped as interrupted, and opens it again for a later prompt', async () => {
    const services = tab()
    await live(services)
    node.record(...prompt('a', 'p1'), {
      type: 'run',
      runId: 'run-1',
      event: 'stopped',
      timestamp: (clock += 10),
    })
    await savedAs(services, 'interrupted')
    node.record(told({ sceneId: 'b', promptId: 'p2', status: 'queued' }))
    await savedAs(services, 'running')
  })

  it('ends what a forgotten journal had open as unknown', async () => {
    const services = tab()
    await live(services)
    node.record(...prompt('a', 'p1').slice(0, 2))
    await savedAs(services, 'running')
    node.epoch = 'epoch-2'
    node.journal.length = 0
    node.dropAll()
    await waitUntil(async () => (await saved(services))?.scenes[0]?.exitReason === 'unknown', 'the end')
  })

  it('believes a new journal that does know how a prompt went on', async () => {
    const services = tab()
    await live(services)
    const messages = prompt('a', 'p1')
    node.record(...messages.slice(0, 2))
    await savedAs(services, 'running')
    node.epoch = 'epoch-2'
    node.journal.length = 0
    node.journal.push(...messages.map((message, index) => ({ ...message, seq: index + 1 })))
    node.dropAll()
    await waitUntil(async () => (await saved(services))?.scenes[0]?.exitReason === 'success', 'the end')
    expect((await saved(services))?.scenes[0]).toMatchObject({
      attempts: 1,
      duration: 1_000,
      queueWait: 1_000,
    })
  })

  it('does not write simulated runs into a real history', async () => {
    const services = tab()
    await live(services)
    node.simulated = true
    node.greet = (socket) =>
      socket.send(
        JSON.stringify({
          type: 'hello',
          protocol: 1,
          server: { name: 'sim' },
          source: 'simulator',
          epoch: 'sim',
          seq: 0,
          now: clock,
          simulated: true,
        }),
      )
    node.dropAll()
    await waitUntil(() => services.realtime.getSnapshot().server?.simulated, 'the simulator')
    node.journal.length = 0
    node.record(...prompt('a', 'p1'))
    await waitUntil(() => services.recording.getSnapshot().status === 'paused', 'a refusal')
    expect(services.recording.getSnapshot()).toMatchObject({
      reason: expect.stringContaining('simulated data'),
    })
    expect(await saved(services)).toBeUndefined()
  })

  it('lets one tab write while another shows, and hands over when the first goes', async () => {
    const first = tab()
    await live(first)
    await waitUntil(() => first.recording.getSnapshot().status === 'recording', 'recording')
    const second = tab()
    await waitUntil(() => second.recording.getSnapshot().status === 'standby', 'standby')
    await live(second)
    node.record(...prompt('a', 'p1'))
    await waitUntil(async () => (await saved(second))?.scenes.length === 1, 'what the first wrote')
    await first.dispose()
    node.record(...prompt('b', 'p2'))
    await waitUntil(() => second.recording.getSnapshot().status === 'recording', 'the takeover', 15_000)
    await savedAs(second, 'completed')
    expect((await saved(second))?.scenes).toHaveLength(2)
  }, 20_000)

  it('reads again what it was at when its lease flickered', async () => {
    const lease = createStore<'held' | 'standby' | 'stopped'>('held')
    const onJournal = createListeners<[JournalBatch]>()
    const restart = vi.fn()
    const recorder = createTelemetryRecorder({
      stream: {
        getSnapshot: () => EMPTY_LIVE_STATE,
        onJournal: onJournal.add,
        onSample: () => () => undefined,
        restart,
      },
      store: {
        lease,
        streams: new Set(),
        load: () => Promise.resolve({ open: [], running: [] }),
        commit: () => Promise.resolve('committed'),
      },
      getRun: () => Promise.resolve(undefined),
      base: '',
      label: () => 'gpu-box',
      fetch,
      now: Date.now,
      refuses: () => undefined,
    })
    const update = {
      sceneId: 'a',
      runId: 'r',
      promptId: 'p',
      timestamp: 1,
      status: 'queued',
      seq: 1,
    } as const
    onJournal.emit({ entries: [{ kind: 'update', update }], cursor: { epoch: 'e', seq: 1 }, source: 's' })
    lease.set('standby')
    lease.set('held')
    expect(restart).toHaveBeenCalledTimes(1)
    await recorder.dispose()
  })

  it('ends what another tab opened while that one held the lease, when the journal turns out to be lost', async () => {
    const lease = createStore<'held' | 'standby' | 'stopped'>('held')
    const onJournal = createListeners<[JournalBatch]>()
    const update = { sceneId: 'a', runId: 'r', timestamp: 1, status: 'queued', source: 's' } as const
    let stored: readonly OpenPrompt[] = []
    const closed: string[] = []
    const recorder = createTelemetryRecorder({
      stream: {
        getSnapshot: () => EMPTY_LIVE_STATE,
        onJournal: onJournal.add,
        onSample: () => () => undefined,
        restart: () => undefined,
      },
      store: {
        lease,
        streams: new Set(),
        load: async () => ({ open: stored, running: [] }),
        async commit(batch) {
          closed.push(...batch.closed)
          return 'committed'
        },
      },
      getRun: () => Promise.resolve(undefined),
      base: '',
      label: () => 'gpu-box',
      fetch,
      now: Date.now,
      refuses: () => undefined,
    })
    const tell = (entries: JournalBatch['entries'], epoch: string): void =>
      onJournal.emit({ entries, cursor: { epoch, seq: 1 }, source: 's' })
    const endOf = (promptId: string) =>
      ({
        kind: 'update',
        update: { ...update, promptId, status: 'completed', exitReason: 'success' },
      }) as const
    tell([endOf('own')], 'before')
    await waitUntil(() => closed.includes('own'), 'the books')

    stored = [{ promptId: 'another’s', source: 's', update: { ...update, promptId: 'another’s' } }]
    lease.set('standby')
    lease.set('held')
    tell([{ kind: 'other-journal', open: [], at: 2 }], 'after')
    await waitUntil(() => closed.includes('another’s'), 'the end of what nobody will tell any more')
    await recorder.dispose()
  })

  it('stores how far it read, though a look at the runs’ ends came in between', async () => {
    const lease = createStore<'held' | 'standby' | 'stopped'>('held')
    const onJournal = createListeners<[JournalBatch]>()
    const cursors: (number | undefined)[] = []
    const releases: (() => void)[] = []
    const recorder = createTelemetryRecorder({
      stream: {
        getSnapshot: () => EMPTY_LIVE_STATE,
        onJournal: onJournal.add,
        onSample: () => () => undefined,
        restart: () => undefined,
      },
      store: {
        lease,
        streams: new Set(),
        load: () => Promise.resolve({ open: [], running: [] }),
        async commit({ source }) {
          cursors.push(source.cursor?.seq)
          if (cursors.length === 2) await new Promise<void>((resolve) => releases.push(resolve))
          return 'committed'
        },
      },
      getRun: () => Promise.resolve(undefined),
      label: () => 'gpu-box',
      base: '',
      fetch,
      // A run without a size ends a minute after its last message: that look is due as soon as the first commit is through.
      now: () => 60_031,
      refuses: () => undefined,
    })
    const say = (seq: number): void => {
      const update = { sceneId: 's', runId: 'r', promptId: `p${seq}`, timestamp: seq, seq } as const
      const ended = { ...update, status: 'completed', exitReason: 'success' } as const
      onJournal.emit({
        entries: [{ kind: 'update', update: ended }],
        cursor: { epoch: 'e', seq },
        source: 's',
      })
    }
    say(60)
    await waitUntil(() => cursors.length === 1, 'the first commit')
    say(61)
    await waitUntil(() => releases.length === 1, 'the second commit')
    say(62)
    await new Promise((resolve) => setTimeout(resolve, 100)) // the look's own timer, 30 ms
    for (const release of releases) release()
    await waitUntil(() => cursors.length >= 3, 'the third commit')
    expect(cursors.slice(0, 3)).toEqual([60, 61, 62])
    await recorder.dispose()
  })

  it('loses and doubles nothing over fifty drops at any point', async () => {
    const services = tab()
    await live(services)
    const messages = Array.from({ length: 60 }, (_, n) => prompt(`s${n}`, `p${n}`)).flat()
    for (const [index, message] of messages.entries()) {
      node.record({ ...message, sceneCount: 60 })
      if (index % 4 === 0) node.dropAll()
      if (index % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
    }
    await savedAs(services, 'completed')
    const run = await saved(services)
    expect(run?.scenes).toHaveLength(60)
    expect(
      run?.scenes.every(({ attemptLog, status }) => attemptLog?.length === 1 && status === 'success'),
    ).toBe(true)
  }, 30_000)
})
