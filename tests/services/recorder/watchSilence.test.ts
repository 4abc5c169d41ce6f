import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RecordBatch } from '../../../services/history/recorderStore'
import type { JournalBatch } from '../../../services/realtime/journalBatch'
import { openHistory, type OpenedHistory } from '../../../services/runHistoryService'
import { createListeners } from '../../../services/shared/createStore'
import { EMPTY_LIVE_STATE } from '../../../services/telemetry/livePatch'
import { createTelemetryRecorder, type TelemetryRecorder } from '../../../services/telemetryRecorder'
import type { Connection, HistoricalRun, LiveState, RealtimeTelemetryUpdate } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const START = 1_700_000_000_000
const MINUTE = 60_000
let clock = START
let indexedDB: IDBFactory
const tabs: OpenedHistory[] = []
const recorders: TelemetryRecorder[] = []

beforeEach(() => {
  clock = START
  // fake-indexeddb runs on setImmediate, which goes on.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  await Promise.all(recorders.splice(0).map((recorder) => recorder.dispose()))
  await Promise.all(tabs.map(({ recorder }) => recorder.stop()))
  for (const { history } of tabs.splice(0)) history.close()
  vi.useRealTimers()
})

async function tab(): Promise<OpenedHistory> {
  const opened = await openHistory({ dbName: 'silence', indexedDB, now: () => clock })
  tabs.push(opened)
  opened.recorder.start()
  await settle(opened)
  return opened
}
/** Transactions run one after another: when these are through, what had begun is too. */
async function settle({ storage }: OpenedHistory): Promise<void> {
  for (let round = 0; round < 8; round++)
    await storage.write(['meta', 'runs', 'scenes', 'open', 'sources', 'columns'], async () => undefined)
}
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    clock += MINUTE
    await vi.advanceTimersByTimeAsync(MINUTE)
    for (const opened of tabs) await settle(opened)
  }
}

const policy = {
  maxWaitSeconds: 600,
  maxAttempts: 0,
  pollIntervalSeconds: 2,
  postExecutionTimeoutSeconds: 30,
  sceneRetryBudget: 0,
  delayBetweenScenesSeconds: 120,
  batchSize: 0,
}
/** A scene of two has succeeded. */
const RUN: HistoricalRun = {
  runId: 'r',
  timestamp: START,
  status: 'running',
  lastAt: START,
  sceneCount: 2,
  policy,
  source: 's',
  fallbackCount: 0,
  scenes: [{ sceneId: 'a', status: 'success', attempts: 1, duration: 1, endedAt: START }],
}
const said = (fields: Partial<RealtimeTelemetryUpdate>): RealtimeTelemetryUpdate => ({
  runId: 'r',
  sceneId: 'b',
  promptId: 'p2',
  status: 'executing',
  timestamp: START,
  sceneCount: 2,
  source: 's',
  ...fields,
})
const OPEN = { source: 's', promptId: 'p2', queuedAt: START, update: said({}) }
const batchOf = (run: HistoricalRun, fields: Partial<RecordBatch> = {}): RecordBatch => ({
  source: { id: 's', url: 'http://gpu-box:8188' },
  runs: [run],
  opened: [OPEN],
  closed: [],
  emptied: [],
  traces: [],
  ...fields,
})

/** The stream of a server that is heard until it is lost. */
function server() {
  const onJournal = createListeners<[JournalBatch]>()
  let connection: Connection = { status: 'live', since: START }
  const identity: LiveState['server'] = {
    source: 's',
    name: 'gpu-box',
    simulated: false,
    heartbeatMs: 5_000,
    intervalMs: 250,
    clockOffset: 0,
  }
  const stream = {
    getSnapshot: (): LiveState => ({ ...EMPTY_LIVE_STATE, connection, server: identity }),
    onJournal: onJournal.add,
    onSample: () => () => undefined,
    restart: () => undefined,
  }
  let seq = 0
  return {
    stream,
    /** It is there; what it executes says nothing. */
    stall: () => (connection = { status: 'stale', since: clock }),
    lose: () => (connection = { status: 'reconnecting', attempt: 1, retryAt: 0 }),
    comeBack: () => (connection = { status: 'live', since: clock }),
    /** What the hello says: with nothing to read, that it is there. */
    say: (...updates: readonly RealtimeTelemetryUpdate[]): void =>
      onJournal.emit({
        entries: updates.map((update) => ({ kind: 'update', update })),
        cursor: { epoch: 'e', seq: (seq += updates.length) },
        source: 's',
      }),
  }
}
function record({ recorder, history }: OpenedHistory, { stream }: ReturnType<typeof server>): void {
  recorders.push(
    createTelemetryRecorder({
      stream,
      store: recorder,
      getRun: history.getRun,
      base: 'http://gpu-box:8188',
      label: () => 'gpu-box',
      fetch: () => Promise.reject(new Error('gone')),
      now: () => clock,
      refuses: () => undefined,
    }),
  )
}
const saved = async ({ history }: OpenedHistory): Promise<HistoricalRun | undefined> => history.getRun('r')
const statusIn = async (opened: OpenedHistory) => (await saved(opened))?.status
const savedAs = (opened: OpenedHistory, status: HistoricalRun['status']) =>
  vi.waitFor(async () => {
    expect(await statusIn(opened)).toBe(status)
  })

function denied(): IDBFactory {
  const factory = freshIndexedDB()
  vi.spyOn(factory, 'open').mockImplementation(() => {
    throw new DOMException('Not here.', 'SecurityError')
  })
  return factory
}

describe.each([
  ['in IndexedDB', freshIndexedDB, 'indexeddb'],
  ['in memory', denied, 'memory'],
] as const)('a run %s whose server never answers again', (_, makeFactory, mode) => {
  let opened: OpenedHistory
  beforeEach(async () => {
    indexedDB = makeFactory()
    opened = await tab()
    expect(opened.storage.mode).toBe(mode)
  })

  it('is interrupted 15 minutes and the delay between its scenes after its last word, and not before', async () => {
    await opened.recorder.commit(batchOf(RUN))
    await pass(16)
    expect(await statusIn(opened)).toBe('running')
    await pass(1)
    expect(await saved(opened)).toMatchObject({ status: 'interrupted', endedAt: START, sceneCount: 2 })
    expect((await opened.recorder.load('s')).open).toEqual([OPEN])
  })

  it('ends by the server’s clock', async () => {
    const source = { id: 's', url: 'http://gpu-box:8188', clockOffset: -5 * MINUTE }
    await opened.recorder.commit(batchOf({ ...RUN, lastAt: START + 5 * MINUTE }, { source }))
    await pass(16)
    expect(await statusIn(opened)).toBe('running')
    await pass(1)
    expect(await saved(opened)).toMatchObject({ status: 'interrupted', endedAt: START + 5 * MINUTE })
  })

  it('ends as the recorder would have it where nothing of it is open', async () => {
    const { sceneCount: _, ...sizeless } = RUN
    await opened.recorder.commit(batchOf(sizeless, { opened: [] }))
    await pass(17)
    expect(await saved(opened)).toMatchObject({ status: 'completed', endedAt: START })
  })

  it('is ended once', async () => {
    await opened.recorder.commit(batchOf(RUN))
    await pass(17)
    const ended = opened.history.getSnapshot()
    await pass(10)
    expect(opened.history.getSnapshot()).toBe(ended)
  })

  it('goes on while the server is heard, however long its prompt takes, and ends when that is silent as long', async () => {
    const gpuBox = server()
    opened.recorder.streams.add(gpuBox.stream)
    await opened.recorder.commit(batchOf(RUN))
    await pass(20)
    gpuBox.stall()
    await pass(20)
    expect(await statusIn(opened)).toBe('running')
    gpuBox.lose()
    await pass(16)
    expect(await statusIn(opened)).toBe('running')
    await pass(1)
    expect(await statusIn(opened)).toBe('interrupted')
  })

  it('goes on while another server that has a prompt of it is heard', async () => {
    const gpuBox = server()
    opened.recorder.streams.add(gpuBox.stream)
    await opened.recorder.commit(
      batchOf({ ...RUN, source: 'z' }, { source: { id: 'z', url: 'http://other:8188' } }),
    )
    await pass(30)
    expect(await statusIn(opened)).toBe('running')
  })

  it('goes on for a new recorder when its server comes back, and ends as that tells', async () => {
    await opened.recorder.commit(batchOf(RUN))
    await pass(17)
    expect(await statusIn(opened)).toBe('interrupted')
    const gpuBox = server()
    record(opened, gpuBox)
    gpuBox.say()
    await savedAs(opened, 'running')
    expect(await saved(opened)).not.toHaveProperty('endedAt')
    gpuBox.say(said({ status: 'completed', exitReason: 'success', duration: MINUTE, timestamp: clock }))
    await savedAs(opened, 'completed')
    expect((await saved(opened))?.scenes.map(({ sceneId, status }) => [sceneId, status])).toEqual([
      ['a', 'success'],
      ['b', 'success'],
    ])
  })

  it('goes on for the recorder that had it before the silence', async () => {
    const gpuBox = server()
    record(opened, gpuBox)
    gpuBox.say(said({ sceneId: 'a', promptId: 'p1', status: 'completed', exitReason: 'success' }), said({}))
    await savedAs(opened, 'running')
    gpuBox.lose()
    await pass(15)
    expect(await statusIn(opened)).toBe('interrupted')
    gpuBox.comeBack()
    gpuBox.say()
    await savedAs(opened, 'running')
    gpuBox.say(said({ status: 'failed', exitReason: 'interrupted', timestamp: clock }))
    await savedAs(opened, 'completed')
    expect((await saved(opened))?.scenes).toHaveLength(2)
  })

  it.each(['an import', undefined])(
    'is interrupted as long after its last word where no server told of it: %s',
    async (source) => {
      await opened.recorder.commit(batchOf({ ...RUN, runId: 'other' }, { opened: [] }))
      const { source: _, ...rest } = RUN
      await opened.history.saveRun({ ...rest, ...(source === undefined ? {} : { source }) })
      await pass(16)
      expect(await statusIn(opened)).toBe('running')
      await pass(1)
      expect(await saved(opened)).toMatchObject({ status: 'interrupted', endedAt: START })
    },
  )

  it('ends as another history tells its end, though it was interrupted here', async () => {
    await opened.history.saveRun({ ...RUN, source: 'an import' })
    await pass(17)
    expect(await statusIn(opened)).toBe('interrupted')
    await opened.history.saveRun({ ...RUN, source: 'an import', status: 'completed', endedAt: clock })
    expect(await saved(opened)).toMatchObject({ status: 'completed', endedAt: clock })
  })

  it('leaves no timer when the lease was given back', async () => {
    await opened.recorder.commit(batchOf(RUN))
    await opened.recorder.stop()
    expect(vi.getTimerCount()).toBe(0)
    await pass(20)
    expect(await statusIn(opened)).toBe('running')
  })
})

describe('of several tabs', () => {
  beforeEach(() => void (indexedDB = freshIndexedDB()))

  it('one that only shows ends nothing, whatever it hears', async () => {
    const [holder, other] = [await tab(), await tab()]
    expect(other.recorder.lease.getSnapshot()).toBe('standby')
    holder.recorder.streams.add(server().stream)
    await holder.recorder.commit(batchOf(RUN))
    // It writes runs too: what ends them is loaded there as well.
    await other.history.saveRun({ ...RUN, runId: 'own', status: 'completed' })
    await pass(30)
    expect(await statusIn(other)).toBe('running')
  })

  it('the next holder ends what the last one left', async () => {
    const [first, second] = [await tab(), await tab()]
    await first.recorder.commit(batchOf(RUN))
    await first.recorder.stop()
    await pass(18)
    expect(await statusIn(second)).toBe('interrupted')
  })
})
