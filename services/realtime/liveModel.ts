import type {
  Connection,
  HistoricalRun,
  LiveEvent,
  LiveState,
  RealtimeTelemetryUpdate,
  ServerIdentity,
} from '../../types'
import { definedMembers } from '../shared/definedMembers'
import { sceneKey } from '../shared/sceneKey'
import type { GapMessage, GpuMessage, HelloMessage, RunMessage } from '../wire/messages'
import { createGpuHistory } from './gpuHistory'
import { createLiveRuns } from './liveRuns'
import { savedUpdates } from './savedUpdates'
import { createSceneBoard, type Applied } from './sceneBoard'

/** Everything a page shows of one server; messages go in, one immutable snapshot comes out. No clock, no I/O. */
export interface LiveModel {
  /** The same reference until something changed. */
  snapshot(): LiveState
  /** `silentSince`: when the server was last heard, if it is not heard now. */
  setConnection(connection: Connection, problem?: string, silentSince?: number): void
  connection(): Connection
  greet(hello: HelloMessage, receivedAt: number): void
  /** Who is there, where nobody says hello. */
  identify(identity: ServerIdentity): void
  /** A heartbeat's clock; a lower offset than before is the truer one. */
  noteClock(serverNow: number, receivedAt: number): void
  applyUpdate(update: RealtimeTelemetryUpdate, isLifecycle: boolean, receivedAt: number): Applied
  /** Every open prompt; `isComplete`: what it does not name is open no more. */
  applyState(prompts: readonly RealtimeTelemetryUpdate[], receivedAt: number, isComplete: boolean): void
  /** It turned out to be another run's: nothing of it is shown here any more. */
  forgetScene(runId: string, sceneId: string): void
  applyRun(message: RunMessage, receivedAt: number): void
  /** A run of the history that goes on; what was heard of its scenes already stays. */
  takeUp(run: HistoricalRun, receivedAt: number): void
  forgetRun(runId: string): void
  applyGpu(message: GpuMessage, receivedAt: number): void
  setGpus(gpus: LiveState['gpus'], receivedAt: number): void
  applyGap(gap: GapMessage): void
  /** A time the client itself did not hear the server. */
  noteSilence(from: number, to: number, lost: number | 'unknown'): void
  count(name: keyof LiveState['counters'], by?: number): void
  isExecuting(): boolean
  server(): ServerIdentity | undefined
  /** By the local clock. */
  lastUpdate(): number | undefined
}

const MAX_EVENTS = 200
const MAX_GAPS = 100
const NOTABLE_GAP_MS = 2_000
const DEFAULT_HEARTBEAT_MS = 5_000
const DEFAULT_INTERVAL_MS = 250

/** `sourceName` is what the server is called before it has said who it is. */
export function createLiveModel(sourceName: string): LiveModel {
  const board = createSceneBoard()
  const runs = createLiveRuns()
  const gpuHistory = createGpuHistory()
  const counters = { received: 0, applied: 0, refused: 0, replayed: 0, lost: 0, samplesDropped: 0 }
  let connection: Connection = { status: 'idle' }
  let problem: string | undefined
  let silentSince: number | undefined
  let server: ServerIdentity | undefined
  let gpus: LiveState['gpus'] = []
  let gaps: LiveState['gaps'] = []
  let events: readonly LiveEvent[] = []
  let lastUpdate: number | undefined
  let noted: { readonly epoch: string | undefined; readonly seq: number } = { epoch: undefined, seq: 0 }
  let view: LiveState | undefined

  /** An entry that is read again, after a restart from the stored cursor, is no event any more. */
  const isNews = (seq: number): boolean => {
    const isKnown = noted.epoch === server?.epoch && seq <= noted.seq
    if (!isKnown) noted = { epoch: server?.epoch, seq }
    return !isKnown
  }
  const changed = (): void => void (view = undefined)
  const drop = (runIds: readonly string[]): void => runIds.forEach(board.dropRun)

  const model: LiveModel = {
    snapshot: () =>
      (view ??= {
        connection,
        scenes: board.scenes(),
        gpus,
        gaps,
        counters: { ...counters },
        runs: runs.list(),
        events,
        trace: gpuHistory.trace(server?.source ?? sourceName),
        receivedAt: board.receivedAt(),
        ...definedMembers({ lastUpdate, problem, silentSince, server }),
      }),
    setConnection(next, why, since) {
      connection = next
      problem = why
      silentSince = since
      changed()
    },
    connection: () => connection,
    greet(hello, receivedAt) {
      server = identityOf(hello, receivedAt)
      if (hello.gpus) model.setGpus(hello.gpus, receivedAt)
      changed()
    },
    identify(identity) {
      server = identity
      changed()
    },
    noteClock(serverNow, receivedAt) {
      const offset = receivedAt - serverNow
      if (!server || offset >= server.clockOffset) return
      server = { ...server, clockOffset: offset }
      changed()
    },
    applyUpdate(update, isLifecycle, receivedAt) {
      const applied = board.apply(update, isLifecycle, receivedAt)
      // What a `state` message showed already is still an event when its journal entry comes.
      const isEvent = isLifecycle && (update.seq === undefined ? applied !== 'ignored' : isNews(update.seq))
      if (isEvent) events = [...events, eventOf(update, server?.epoch)].slice(-MAX_EVENTS)
      if (isEvent || applied !== 'ignored') drop(runs.noteUpdate(update, isEvent || update.seq !== undefined))
      changed()
      if (applied === 'ignored') return applied
      if (update.gpus) model.setGpus(update.gpus, receivedAt)
      lastUpdate = receivedAt
      return applied
    },
    applyState(prompts, receivedAt, isComplete) {
      if (isComplete) board.forgetOpenExcept(new Set(prompts.flatMap(({ promptId }) => promptId ?? [])))
      for (const update of prompts) {
        board.apply(update, true, receivedAt)
        drop(runs.noteUpdate(update, update.seq !== undefined))
      }
      changed()
    },
    forgetScene(runId, sceneId) {
      if (board.dropScene(runId, sceneId)) runs.drop(runId)
      changed()
    },
    applyRun(message, receivedAt) {
      drop(runs.noteRun(message, message.timestamp ?? receivedAt))
      changed()
    },
    takeUp(run, receivedAt) {
      const { runId, runName, storyId, sceneCount, policy, timestamp } = run
      const head = definedMembers({ runName, storyId, sceneCount, policy })
      drop(runs.noteRun({ type: 'run', runId, event: 'begin', ...head }, timestamp))
      const known = board.scenes()
      for (const update of savedUpdates(run))
        if (!known.has(sceneKey(runId, update.sceneId))) board.apply(update, true, receivedAt)
      changed()
    },
    forgetRun(runId) {
      runs.drop(runId)
      board.dropRun(runId)
      changed()
    },
    applyGpu: (message, receivedAt) => model.setGpus(message.gpus, receivedAt),
    setGpus(readings, receivedAt) {
      gpus = readings
      gpuHistory.add(receivedAt, readings)
      changed()
    },
    applyGap(gap) {
      const offset = server?.clockOffset ?? 0
      model.count('samplesDropped', gap.samplesDropped ?? 0)
      // A chart of one point a second has no hole where a few samples of a second went.
      if (gap.to - gap.from >= NOTABLE_GAP_MS) model.noteSilence(gap.from + offset, gap.to + offset, 0)
    },
    noteSilence(from, to, lost) {
      gaps = [...gaps, { from, to, lost }].slice(-MAX_GAPS)
      gpuHistory.gap(from, to)
      if (typeof lost === 'number') counters.lost += lost
      changed()
    },
    count(name, by = 1) {
      counters[name] += by
      changed()
    },
    isExecuting: board.isExecuting,
    server: () => server,
    lastUpdate: () => lastUpdate,
  }
  return model
}

function identityOf(hello: HelloMessage, receivedAt: number): ServerIdentity {
  const { epoch } = hello
  const { name, version, comfyVersion } = hello.server
  return {
    source: hello.source,
    name,
    simulated: hello.simulated ?? false,
    heartbeatMs: hello.heartbeatMs ?? DEFAULT_HEARTBEAT_MS,
    intervalMs: hello.intervalMs ?? DEFAULT_INTERVAL_MS,
    clockOffset: receivedAt - hello.now,
    ...definedMembers({ version, comfyVersion, epoch }),
  }
}

function eventOf(update: RealtimeTelemetryUpdate, epoch: string | undefined): LiveEvent {
  const id =
    update.seq === undefined
      ? `${update.promptId}:${update.status}:${update.timestamp}`
      : `${epoch ?? ''}:${update.seq}`
  return { id, at: update.timestamp, update }
}
