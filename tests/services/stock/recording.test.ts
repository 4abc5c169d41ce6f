import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createTelemetryRecorder } from '../../../services/telemetryRecorder'
import { createRealtimeTelemetry, type RealtimeStream } from '../../../services/realtimeTelemetryService'
import { openHistory, type OpenedHistory } from '../../../services/runHistoryService'
import { createToldChannel, type ToldChannel } from '../../../services/told/createToldChannel'
import { createReplay, type Replay } from '../../../simulator/createReplay'
import type { AttemptRecord, HistoricalSceneMetrics } from '../../../types'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'
import { waitUntil } from '../../helpers/waitUntil'

const BrowserSocket = WebSocket as unknown as typeof globalThis.WebSocket
const OWNER = '4bca1e2af9dd4ab58d713c9e5f63c53c'
const RUN = 'rec-run-1'
const PACE = 0.5
/** The newest prompt of the recording; it has no client id. */
const LAST = 'b2889ed2-0a18-44ab-8566-4c9404e86f6b'
const DELETED = ['b53a5078-e0e4-48d2-b16e-fb0077dc6c23', 'cb92f896-1c4c-4ddc-82dd-2188af986f5d']

interface Tab {
  readonly realtime: RealtimeStream
  readonly history: OpenedHistory
  /** Missing in another browser, which nobody tells anything. */
  readonly told?: ToldChannel
}
const undo: (() => unknown)[] = []
let replay: Replay
let owner: Tab
let bystander: Tab

/** A tab with a history of its own, whose clock is the recording's. */
async function openTab(clientId: string, told?: ToldChannel): Promise<Tab> {
  const began = replay.recording.beganAt
  const now = (): number => began + replay.now()
  const history = await openHistory({ indexedDB: freshIndexedDB() })
  const realtime = createRealtimeTelemetry({
    url: replay.url,
    WebSocket: BrowserSocket,
    clientId,
    ...(told ? { told } : {}),
    now,
    knownPrompts: history.recorder.knownPrompts,
    resume: () => Promise.resolve(undefined),
  })
  history.recorder.start()
  await waitUntil(() => history.recorder.lease.getSnapshot() === 'held', 'the lease')
  const recorder = createTelemetryRecorder({
    stream: realtime,
    store: history.recorder,
    getRun: history.history.getRun,
    base: replay.url,
    fetch,
    now,
    label: () => 'stock',
    refuses: () => undefined,
  })
  undo.push(realtime.dispose, recorder.dispose, history.history.close)
  if (told) undo.push(told.close)
  return { realtime, history, ...(told ? { told } : {}) }
}

/** What the queuing side says of each POST when it is answered. */
function tellAsOwner({ told }: Tab): void {
  const scene = (label: string): string => /^scene-\d+/.exec(label)?.[0] ?? label
  for (const { at, status, label, response } of replay.recording.prompts) {
    if (status === undefined) continue // queued by somebody else
    const timer = setTimeout(
      () => {
        const base = replay.url
        const message = { base, at: replay.recording.beganAt + at, runId: RUN, sceneId: scene(label) }
        if (status === 200) told?.tell({ ...message, type: 'label', promptId: String(response.prompt_id) })
        else {
          const error = Object(response.error)
          const reason = { type: String(error.type), message: String(error.message) }
          told?.tell({ ...message, type: 'outcome', promptId: label, exitReason: 'rejected', error: reason })
        }
      },
      (at - replay.now()) * PACE,
    )
    undo.push(() => clearTimeout(timer))
  }
}

async function scenesOf({ history }: Tab): Promise<readonly HistoricalSceneMetrics[]> {
  const { runs } = await history.history.queryRuns()
  const whole = await history.history.getRuns(runs.map(({ runId }) => runId))
  return whole.flatMap(({ scenes }) => scenes)
}
async function attemptsOf(tab: Tab): Promise<ReadonlyMap<string, AttemptRecord>> {
  const attempts = (await scenesOf(tab)).flatMap(({ attemptLog }) => attemptLog ?? [])
  expect(new Set(attempts.map(({ promptId }) => promptId)).size).toBe(attempts.length)
  return new Map(attempts.map((attempt) => [attempt.promptId ?? '', attempt]))
}
const isPlayed = (tab: Tab) => async () => (await attemptsOf(tab)).has(LAST)

beforeAll(async () => {
  replay = await createReplay({ folder: 'tests/fixtures/recordings', port: 0, pace: PACE })
  ;[owner, bystander] = await Promise.all([openTab(OWNER, createToldChannel()), openTab('bystander')])
  owner.realtime.connect()
  bystander.realtime.connect()
  await waitUntil(() => replay.now() > 0, 'the first client')
  tellAsOwner(owner)
  await waitUntil(isPlayed(owner), 'the whole recording at the owner’s', 40_000)
  await waitUntil(isPlayed(bystander), 'the whole recording at the bystander’s')
}, 60_000)
afterAll(async () => {
  for (const step of undo.splice(0)) await step()
  await replay.close()
})

/** The recording's own history, as the attempts must be. */
const expected = () =>
  replay.recording.history(Infinity).map(([promptId, entry]) => {
    const { status, prompt } = Object(entry)
    const message = (type: RegExp) => status.messages.find(([name]: [string]) => type.test(name))?.[1] ?? {}
    const start = message(/start/).timestamp
    const end = message(/success|error|interrupted/)
    return {
      promptId,
      startedAt: start,
      endedAt: end.timestamp,
      duration: end.timestamp - start,
      cached: message(/cached/).nodes.length / Object.keys(prompt[2]).length,
      exitReason: status.completed
        ? 'success'
        : !end.exception_type
          ? 'interrupted'
          : /OutOfMemory/.test(end.exception_type)
            ? 'outOfMemory'
            : 'error',
    }
  })

describe.each([
  ['the owner of the prompts', () => owner],
  ['a bystander', () => bystander],
])('%s', (_, tab) => {
  it('has every prompt that ran once, with the server’s own times, cached share and end', async () => {
    const attempts = await attemptsOf(tab())
    expect(expected()).toHaveLength(11)
    for (const attempt of expected()) expect(attempts.get(attempt.promptId)).toMatchObject(attempt)
  })

  it('counts a scene that was queued again as its next attempt, whatever number was given', async () => {
    const scenes = await scenesOf(tab())
    const log = (sceneId: string) => scenes.find((scene) => scene.sceneId === sceneId)?.attemptLog
    expect(log('scene-001')).toMatchObject([{ attempt: 1 }, { attempt: 2, attemptGiven: 1 }])
    expect(log('scene-003')).toMatchObject([
      { attempt: 1, exitReason: 'error' },
      { attempt: 2, cached: 0.5 },
    ])
    expect(log('scene-003')?.[1]).not.toHaveProperty('attemptGiven')
  })

  it('has the errors, without a traceback, and the files', async () => {
    const scenes = await scenesOf(tab())
    const scene = (sceneId: string) => scenes.find((each) => each.sceneId === sceneId)
    expect(scene('scene-003')?.attemptLog?.[0]?.error).toEqual({
      type: 'RuntimeError',
      message: 'Intentional sync execution error for testing',
      nodeId: '3',
      nodeType: 'TestSyncError',
    })
    expect(scene('scene-004')).toMatchObject({ status: 'failed', error: { type: 'torch.OutOfMemoryError' } })
    expect(scene('scene-005')).toMatchObject({ status: 'skipped', exitReason: 'interrupted' })
    expect(scene('scene-002')?.attemptLog?.[0]?.outputs).toEqual([
      { nodeId: '9', filename: 'scene_00002_.png', subfolder: '', type: 'output' },
    ])
  })

  it('makes of the prompt that nobody labelled a run of its own', async () => {
    const run = await tab().history.history.getRun(`adhoc-${LAST}`)
    expect(run?.scenes).toMatchObject([{ sceneId: LAST, status: 'success', duration: 1_043 }])
  })

  it('calls the memory of a server on the CPU no GPU', () => {
    expect(tab().realtime.getSnapshot().gpus).toEqual([])
    expect(tab().realtime.getSnapshot().connection).toMatchObject({
      status: 'fallback',
      kind: 'stock',
      missing: expect.arrayContaining(['GPU memory', 'GPU utilisation']),
    })
  })
})

describe('the owner', () => {
  it('has what was deleted from the queue as skipped, though no look showed it', async () => {
    const attempts = await attemptsOf(owner)
    for (const promptId of DELETED) expect(attempts.get(promptId)).toMatchObject({ exitReason: 'deleted' })
    const scenes = await scenesOf(owner)
    expect(scenes.find(({ sceneId }) => sceneId === 'scene-13')).toMatchObject({ status: 'skipped' })
  })

  it('hears of the two that were rejected, with the server’s words', () => {
    const { events } = owner.realtime.getSnapshot()
    const rejected = events.filter(({ update }) => update.exitReason === 'rejected')
    expect(rejected.map(({ update }) => update.error?.message)).toEqual([
      'Cannot execute because node NoSuchNode does not exist.',
      'Prompt outputs failed validation',
    ])
  })

  it('has no prompt that never was', async () => {
    expect((await attemptsOf(owner)).size).toBe(11 + DELETED.length + 2)
  })
})

describe('the bystander', () => {
  it('has nothing besides what ran, but what its looks may have shown before it was deleted', async () => {
    const others = [...(await attemptsOf(bystander)).values()].filter(
      ({ promptId }) => !expected().some((attempt) => attempt.promptId === promptId),
    )
    for (const attempt of others) {
      expect(DELETED).toContain(attempt.promptId)
      expect(attempt.exitReason).toBe('deleted')
    }
  })
})
