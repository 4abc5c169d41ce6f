import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRealtimeTelemetry, type RealtimeStreamOptions } from '../../services/realtimeTelemetryService'
import type { RealtimeTelemetryUpdate } from '../../types'
import { BrowserSocket } from '../helpers/BrowserSocket'
import { hello, startScriptedNode, type ScriptedNode } from '../helpers/scriptedNode'
import { waitUntil } from '../helpers/waitUntil'

let node: ScriptedNode
const undo: (() => void)[] = []

beforeEach(async () => {
  node = await startScriptedNode()
})
afterEach(async () => {
  for (const step of undo.splice(0)) step()
  await node.close()
})

function start(options: Partial<RealtimeStreamOptions> = {}) {
  const realtime = createRealtimeTelemetry({
    url: node.url,
    WebSocket: BrowserSocket,
    backoffBaseMs: 10,
    ...options,
  })
  undo.push(realtime.dispose)
  const lifecycle: RealtimeTelemetryUpdate[] = []
  realtime.onLifecycle((updates) => lifecycle.push(...updates))
  realtime.connect()
  const status = () => realtime.getSnapshot().connection.status
  const seqs = () => lifecycle.map(({ seq }) => seq)
  return { realtime, lifecycle, seqs, status, live: () => waitUntil(() => status() === 'live', 'live') }
}

const update = (fields: Partial<RealtimeTelemetryUpdate> = {}): object => ({
  type: 'update',
  runId: 'run-1',
  sceneId: 'scene-1',
  promptId: 'prompt-1',
  timestamp: Date.now(),
  status: 'queued',
  ...fields,
})

describe('connecting', () => {
  it.each(['ws://[', 'http://', 'wss://a b'])('to %s says that it is no address', (url) => {
    expect(() => createRealtimeTelemetry({ url })).toThrow(
      `“${url}” is no address of a server. Give one such as`,
    )
  })

  it('does nothing before connect()', () => {
    const realtime = createRealtimeTelemetry({ url: node.url, WebSocket: BrowserSocket })
    expect(realtime.getSnapshot().connection).toEqual({ status: 'idle' })
    realtime.dispose()
    expect(node.opened).toEqual([])
  })

  it('asks a server base who is there, then opens the stream beside it', async () => {
    const { live, realtime } = start()
    await live()
    expect(node.opened).toHaveLength(1)
    expect(realtime.getSnapshot().server).toMatchObject({ name: 'scripted', source: 'source-1' })
  })

  it('is said in the same announcement as what was heard first', async () => {
    const { live, realtime } = start({ bufferMs: 1 })
    const said: string[] = []
    realtime.subscribe(() => {
      const { server, connection } = realtime.getSnapshot()
      if (server) said.push(connection.status)
    })
    await live()
    await waitUntil(() => said.length > 0, 'an announcement')
    expect(said[0]).toBe('live')
  })

  it('opens a ws: address as the stream itself, without a probe', async () => {
    node.infoStatus = 500
    const { live } = start({ url: node.streamUrl })
    await live()
  })

  it('says which server is there without the node, and shows its GPU memory', async () => {
    node.infoStatus = 404
    const { realtime } = start()
    await waitUntil(() => realtime.getSnapshot().gpus.length > 0, 'GPU readings')
    expect(realtime.getSnapshot().connection).toMatchObject({ status: 'fallback', kind: 'stock' })
    expect(realtime.getSnapshot().gpus[0]).toMatchObject({ vramFree: 20e9, vramTotal: 24e9 })
  })

  it('says in words that the server refuses this page', async () => {
    node.infoStatus = 403
    const { realtime, status } = start()
    await waitUntil(() => status() === 'refused', 'refused')
    expect(realtime.getSnapshot().problem).toContain('GEMDIRECT_TELEMETRY_ORIGINS=')
  })

  it('gives up after the tries it was allowed, and says so', async () => {
    await node.close()
    const { realtime, status } = start({ reconnectAttempts: 2 })
    await waitUntil(() => status() === 'closed', 'closed')
    expect(realtime.getSnapshot().problem).toMatch(/^No answer: the server is off/)
    node = await startScriptedNode()
  })

  it('names the side to update when the protocol is newer than this client', async () => {
    node.greet = (socket) => socket.send(JSON.stringify(hello(node, { protocol: 9 })))
    const { realtime, status } = start()
    await waitUntil(() => status() === 'refused', 'refused')
    expect(realtime.getSnapshot().problem).toContain('Update this dashboard')
  })
})

describe('the journal’s order', () => {
  it('tells every lifecycle update once, in order', async () => {
    const { live, lifecycle, seqs } = start()
    await live()
    node.record(update(), update({ status: 'executing' }))
    node.record(update({ status: 'completed', exitReason: 'success' }))
    node.say(node.journal[1] ?? {})
    await waitUntil(() => lifecycle.length >= 3, 'three updates')
    expect(seqs()).toEqual([1, 2, 3])
  })

  it('resumes after a drop with what it had, and misses nothing', async () => {
    const { live, seqs, realtime } = start()
    await live()
    node.record(update())
    await waitUntil(() => seqs().length === 1, 'the first update')
    node.dropAll()
    node.record(update({ status: 'executing' }), update({ status: 'completed', exitReason: 'success' }))
    await waitUntil(() => seqs().length === 3, 'the replay')
    expect(seqs()).toEqual([1, 2, 3])
    expect(node.opened.at(-1)).toContain('since=1')
    expect(realtime.getSnapshot().gaps.at(-1)).toMatchObject({ lost: 0 })
  })

  it('reads what a corrupted frame swallowed from the journal', async () => {
    const { live, seqs, realtime } = start()
    await live()
    node.record(update())
    node.journal.push({ ...update({ status: 'executing' }), seq: 2 })
    node.sockets.forEach((socket) => socket.send('{"type":"update","seq":2,'))
    node.record(update({ status: 'completed', exitReason: 'success' }))
    await waitUntil(() => seqs().length === 3, 'the missing update')
    expect(seqs()).toEqual([1, 2, 3])
    expect(realtime.getSnapshot().counters.refused).toBe(1)
  })

  it('learns from heartbeats that something has not arrived', async () => {
    const { live, seqs } = start()
    await live()
    node.journal.push({ ...update(), seq: 1 })
    const heartbeat = { type: 'heartbeat', now: Date.now(), seq: 1 }
    node.say(heartbeat)
    node.say(heartbeat)
    await waitUntil(() => seqs().length === 1, 'the update the heartbeats named')
  })

  it('takes nothing of a stream whose hello got lost, and begins anew', async () => {
    const greet = node.greet
    node.greet = (socket, query) => {
      if (node.opened.length > 1) return greet(socket, query)
      socket.send(JSON.stringify(update({ seq: 7 })))
    }
    node.record(update())
    const { live, seqs } = start({ resume: () => Promise.resolve(undefined) })
    await live()
    await waitUntil(() => seqs().length === 1, 'the past')
    expect(seqs()).toEqual([1])
    expect(node.opened).toHaveLength(2)
  })

  it('does not take a hello that is said twice for another journal’s', async () => {
    const { live, seqs, realtime } = start()
    await live()
    const said = hello(node)
    node.record(update(), update({ status: 'executing' }))
    node.say(said)
    node.record(update({ status: 'completed', exitReason: 'success' }))
    await waitUntil(() => seqs().length >= 3, 'the updates')
    expect(seqs()).toEqual([1, 2, 3])
    expect(realtime.getSnapshot().gaps).toEqual([])
  })

  it('hears what is open by another journal though the wire broke between its hello and its state', async () => {
    const { live, realtime } = start()
    const entries: unknown[] = []
    realtime.onJournal((batch) => entries.push(...batch.entries.map(({ kind }) => kind)))
    await live()
    node.epoch = 'epoch-2'
    const greet = node.greet
    node.greet = (socket, query) => {
      if (node.opened.length > 2) return greet(socket, query)
      socket.send(JSON.stringify(hello(node)), () => socket.terminate())
    }
    node.dropAll()
    await waitUntil(() => node.opened.length === 3, 'the third connection')
    await waitUntil(() => entries.length > 0, 'the other journal')
    expect(entries).toEqual(['other-journal'])
    expect(realtime.getSnapshot().gaps).toContainEqual(expect.objectContaining({ lost: 'unknown' }))
  })

  it('takes up where the stored history stands', async () => {
    node.record(
      update(),
      update({ status: 'executing' }),
      update({ status: 'completed', exitReason: 'success' }),
    )
    const { seqs } = start({ resume: () => Promise.resolve({ epoch: 'epoch-1', seq: 1 }) })
    await waitUntil(() => seqs().length === 2, 'the rest')
    expect(seqs()).toEqual([2, 3])
  })

  it('reads a server’s whole past at first contact, page by page', async () => {
    for (let scene = 0; scene < 1_200; scene += 1)
      node.record(update({ sceneId: `s${scene}`, promptId: `p${scene}` }))
    const { seqs, live } = start({ resume: () => Promise.resolve(undefined) })
    await waitUntil(() => seqs().length === 1_200, 'the past')
    expect(seqs()).toEqual(node.journal.map(({ seq }) => seq))
    await live()
  })

  it('shows the present only when nobody asks for the past', async () => {
    node.record(update())
    const { live, seqs } = start()
    await live()
    node.record(update({ status: 'executing' }))
    await waitUntil(() => seqs().length === 1, 'the new update')
    expect(seqs()).toEqual([2])
  })

  it('says what it cannot know when the journal is another one', async () => {
    const { live, seqs, realtime } = start()
    await live()
    node.record(update())
    await waitUntil(() => seqs().length === 1, 'the first update')
    node.dropAll()
    node.epoch = 'epoch-2'
    node.journal.length = 0
    node.journal.push({ ...update({ promptId: 'prompt-2' }), seq: 1 })
    await waitUntil(() => realtime.getSnapshot().gaps.some(({ lost }) => lost === 'unknown'), 'the gap')
    await waitUntil(() => seqs().length === 2, 'the new journal’s past')
  })

  it('loses nothing to a journal that cannot be read for a while', async () => {
    const { live, seqs, realtime } = start()
    await live()
    node.eventsStatus = 500
    node.journal.push({ ...update(), seq: 1 })
    node.record(update({ status: 'executing' }))
    await waitUntil(() => node.opened.length >= 5, 'some tries')
    node.eventsStatus = 200
    await waitUntil(() => seqs().length >= 2, 'the updates')
    expect(seqs()).toEqual([1, 2])
    expect(realtime.getSnapshot().gaps.filter(({ lost }) => lost !== 0)).toEqual([])
  })

  it('goes on with a named hole when the journal cannot be read', async () => {
    const { live, seqs, realtime } = start({ url: node.streamUrl })
    await live()
    node.record(update())
    await waitUntil(() => seqs().length === 1, 'the first update')
    node.eventsStatus = 500
    node.greet = (socket) => {
      socket.send(JSON.stringify(hello(node, { seq: 0, epoch: 'epoch-3' })))
      socket.send(JSON.stringify({ ...update({ status: 'executing' }), seq: 7 }))
    }
    node.dropAll()
    await waitUntil(() => seqs().includes(7), 'the update after the hole', 10_000)
    expect(realtime.getSnapshot().gaps.at(-1)).toMatchObject({ lost: 'unknown' })
  })
})

describe('what is shown', () => {
  it('keeps the newest update of each scene, with what was told once', async () => {
    const { live, realtime } = start()
    await live()
    node.record(update({ runName: 'Night run', tags: ['night'] }))
    node.record(update({ status: 'executing', gpuVramFree: 8e9 }))
    node.say(update({ status: 'executing', timestamp: Date.now() + 5, gpuUtilization: 97 }))
    const scene = () => realtime.getSnapshot().scenes.get('run-1\u0000scene-1')
    await waitUntil(() => scene()?.gpuUtilization === 97, 'the sample')
    expect(scene()).toMatchObject({ status: 'executing', runName: 'Night run', tags: ['night'] })
    expect(scene()).not.toHaveProperty('gpuVramFree')
  })

  it('ignores samples of what does not execute, or older than the newest', async () => {
    const { live, realtime } = start()
    await live()
    const at = Date.now()
    node.say(update({ promptId: 'unknown', status: 'executing' }))
    node.record(update({ status: 'executing', timestamp: at }))
    node.say(update({ status: 'executing', timestamp: at - 1_000, gpuUtilization: 5 }))
    node.record(update({ status: 'completed', exitReason: 'success', timestamp: at + 10 }))
    node.say(update({ status: 'executing', timestamp: at + 20, gpuUtilization: 5 }))
    node.say({ type: 'gpu', timestamp: at, gpus: [{ index: 0 }] })
    await waitUntil(() => realtime.getSnapshot().gpus.length === 1, 'everything said')
    expect([...realtime.getSnapshot().scenes.values()]).toMatchObject([{ status: 'completed' }])
    expect(realtime.getSnapshot().scenes.get('run-1\u0000scene-1')).not.toHaveProperty('gpuUtilization')
  })

  it('takes a told outcome over the interrupt that followed it', async () => {
    const { live, realtime } = start()
    await live()
    node.record(update({ status: 'executing' }), update({ status: 'failed', exitReason: 'interrupted' }))
    node.record(update({ status: 'failed', exitReason: 'maxWait' }))
    node.record(update({ status: 'failed', exitReason: 'interrupted' }))
    await waitUntil(() => realtime.getSnapshot().events.length === 4, 'all four')
    expect(realtime.getSnapshot().scenes.get('run-1\u0000scene-1')?.exitReason).toBe('maxWait')
  })

  it('gives an update without type and ids the run of its day and its own prompt', async () => {
    node.greet = () => undefined
    const { lifecycle, live } = start({ url: node.streamUrl })
    await waitUntil(() => node.sockets.size === 1, 'the socket')
    const timestamp = Date.UTC(2026, 10, 14, 2, 10)
    node.say({ sceneId: 'a', timestamp, status: 'executing' })
    await live()
    node.say({ sceneId: 'a', timestamp: timestamp + 1, status: 'executing', gpuVramFree: 1 })
    node.say({ sceneId: 'a', timestamp: timestamp + 2, status: 'completed' })
    await waitUntil(() => lifecycle.length === 2, 'start and end')
    expect(lifecycle).toMatchObject([
      { runId: 'bare-2026-11-14', promptId: `a@${timestamp}`, status: 'executing' },
      { runId: 'bare-2026-11-14', promptId: `a@${timestamp}`, status: 'completed' },
    ])
  })

  it('is the same snapshot until something changed', async () => {
    const { live, realtime } = start()
    await live()
    expect(realtime.getSnapshot()).toBe(realtime.getSnapshot())
  })

  it('calls an executing scene without news stale, and live again with the next', async () => {
    let skew = 0
    const { live, realtime, status } = start({ now: () => Date.now() + skew })
    node.greet = (socket) => socket.send(JSON.stringify(hello(node, { heartbeatMs: 60_000 })))
    await live()
    node.dropAll()
    await waitUntil(() => node.opened.length === 2 && status() === 'live', 'the second connection')
    node.record(update({ status: 'executing' }))
    await waitUntil(() => realtime.getSnapshot().scenes.size === 1, 'the scene')
    skew = 3_000
    await waitUntil(() => status() === 'stale', 'stale')
    node.say(update({ status: 'executing', timestamp: Date.now() + 10 }))
    await waitUntil(() => status() === 'live', 'live again')
  })
})

describe('dropping and silence', () => {
  it('notices a server that goes silent without a close within two heartbeats and a second', async () => {
    const { live, status } = start()
    await live()
    const began = performance.now()
    await waitUntil(() => status() !== 'live', 'the watchdog')
    expect(performance.now() - began).toBeLessThan(2 * 200 + 1_000)
  })

  it('notices it though the clock was set back by minutes meanwhile', async () => {
    let skew = 0
    const { live, status } = start({ now: () => Date.now() + skew })
    await live()
    skew = -600_000
    await waitUntil(() => status() !== 'live', 'the watchdog')
  })

  it('does not miss heartbeats where nobody promised any', async () => {
    let skew = 0
    node.greet = () => undefined
    const { live, status } = start({ url: node.streamUrl, now: () => Date.now() + skew })
    await waitUntil(() => node.sockets.size === 1, 'the socket')
    node.say({ sceneId: 'a', timestamp: Date.now(), status: 'completed' })
    await live()
    skew = 60_000
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(status()).toBe('live')
    expect(node.opened).toHaveLength(1)
  })

  it('hears nothing after dispose, and leaves no socket', async () => {
    const { live, realtime, lifecycle } = start()
    await live()
    realtime.dispose()
    await waitUntil(() => node.sockets.size === 0, 'the socket’s end')
    expect(lifecycle).toEqual([])
    expect(realtime.getSnapshot().connection.status).toBe('closed')
  })
})
