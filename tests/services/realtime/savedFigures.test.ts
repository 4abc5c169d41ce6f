import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createRealtimeTelemetry } from '../../../services/realtimeTelemetryService'
import { startScriptedNode, type ScriptedNode } from '../../helpers/scriptedNode'
import { waitUntil } from '../../helpers/waitUntil'

const PAGE = 'http://page.test'
const ARTIFACT = readFileSync('tests/fixtures/artifacts/latest-run.json', 'utf8')
const RUN = '20261114-021000'

let node: ScriptedNode
const undo: (() => void)[] = []
beforeEach(async () => {
  node = await startScriptedNode()
})
afterEach(async () => {
  for (const step of undo.splice(0)) step()
  await node.close()
})

/** A page whose own origin has these files, and a server that is off until it is switched on. */
function start(files: Readonly<Record<string, string>>, isOn = false) {
  const world = { isOn, asked: [] as string[] }
  const realtime = createRealtimeTelemetry({
    url: node.url,
    pageUrl: `${PAGE}/somewhere/`,
    backoffBaseMs: 10,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    fetch: async (input, init) => {
      const address = String(input)
      if (!address.startsWith(PAGE)) {
        if (world.isOn) return fetch(input, init)
        throw new TypeError('no answer')
      }
      const path = address.slice(PAGE.length)
      world.asked.push(path)
      return new Response(files[path] ?? '', { status: path in files ? 200 : 404 })
    },
  })
  undo.push(realtime.dispose)
  realtime.connect()
  const status = () => realtime.getSnapshot().connection.status
  return {
    realtime,
    world,
    status,
    reaches: (wanted: string) => waitUntil(() => status() === wanted, wanted),
  }
}

describe('where no server answers', () => {
  it('the page’s artifact file is shown, as saved figures of a run that ended', async () => {
    const { realtime, reaches, world } = start({ '/artifact-metadata.json': ARTIFACT })
    const told: unknown[] = []
    realtime.onLifecycle((updates) => told.push(...updates))
    await reaches('static')
    const { runs, scenes, receivedAt, problem, events, lastUpdate } = realtime.getSnapshot()
    const ended = Date.UTC(2026, 10, 14, 2, 16, 28, 200)
    expect(problem).toMatch(/^No answer: the server is off/)
    expect(runs).toMatchObject([
      { runId: RUN, runName: 'A keeper finds that the light answers.', event: 'ended', lastAt: ended },
    ])
    expect([...scenes.values()]).toMatchObject([
      { sceneId: 'scene-001', source: 'artifact', status: 'completed', duration: 136_800 },
      { sceneId: 'scene-002', source: 'artifact', status: 'failed', exitReason: 'maxWait', attempts: 2 },
      { sceneId: 'scene-003', source: 'artifact', status: 'completed' },
    ])
    expect([...receivedAt.values()]).toEqual([ended, ended, ended])
    expect({ told, events, lastUpdate, asked: world.asked }).toEqual({
      told: [],
      events: [],
      lastUpdate: undefined,
      asked: ['/artifact-metadata.json'],
    })
  })

  it.each([
    ['is not there', {}],
    ['is a web server’s front page', { '/artifact-metadata.json': '<!doctype html>' }],
    ['cannot be read', { '/artifact-metadata.json': '{"RunId":"r","Timestamp":"never","Scenes":[]}' }],
  ])('and the first file %s, the latest run’s is taken', async (_, first) => {
    const { realtime, reaches } = start({ ...first, '/artifacts/latest-run.json': ARTIFACT })
    await reaches('static')
    expect(realtime.getSnapshot().runs[0]?.runId).toBe(RUN)
  })

  it('nor a file that can be read, it is tried again as ever', async () => {
    const { realtime, reaches, world } = start({ '/artifacts/latest-run.json': '[' })
    await reaches('reconnecting')
    await waitUntil(() => {
      const { connection } = realtime.getSnapshot()
      return connection.status === 'reconnecting' && connection.attempt >= 3
    }, 'the third try')
    expect(realtime.getSnapshot().scenes.size).toBe(0)
    expect(world.asked).toEqual(['/artifact-metadata.json', '/artifacts/latest-run.json'])
  })

  it('the server is tried again all the same, and the stream takes over when it answers', async () => {
    const { realtime, reaches, world } = start({ '/artifact-metadata.json': ARTIFACT })
    await reaches('static')
    world.isOn = true
    await reaches('live')
    const { scenes, runs, problem } = realtime.getSnapshot()
    expect({ scenes: scenes.size, runs, problem }).toEqual({ scenes: 0, runs: [], problem: undefined })
  })

  it('any more, what it said before it went stays and no file takes its place', async () => {
    const { realtime, reaches, world } = start({ '/artifact-metadata.json': ARTIFACT }, true)
    await reaches('live')
    node.record({ type: 'update', runId: 'r', sceneId: 's', promptId: 'p', timestamp: 1, status: 'queued' })
    await waitUntil(() => realtime.getSnapshot().scenes.size === 1, 'the scene')
    world.isOn = false
    node.dropAll()
    await reaches('reconnecting')
    await waitUntil(() => realtime.getSnapshot().problem?.startsWith('No answer'), 'a try in vain')
    expect(world.asked).toEqual([])
    expect([...realtime.getSnapshot().scenes.values()]).toMatchObject([{ runId: 'r' }])
  })
})
