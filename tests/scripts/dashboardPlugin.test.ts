import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer, type ViteDevServer } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { dashboardPlugin, IDENTITY_PATH } from '../../scripts/dashboardPlugin.mjs'
import { proxyTargets } from '../../scripts/proxyTargets.mjs'
import { whoListens } from '../../scripts/whoListens.mjs'
import { openServices } from '../../services/telemetry/openServices'
import { freshIndexedDB } from '../helpers/fakeIndexedDB'
import { startScriptedNode } from '../helpers/scriptedNode'
import { waitUntil } from '../helpers/waitUntil'

const TELEMETRY = '/api/comfyui/telemetry/info'
/** Of `localhost`, vouched for by nobody; the key guards nothing. */
const SELF_SIGNED = {
  key: readFileSync('tests/fixtures/self-signed/key.pem'),
  cert: readFileSync('tests/fixtures/self-signed/cert.pem'),
}
describe('the dashboard’s server', () => {
  const open: { close(): unknown }[] = []
  /** Paths that reached any ComfyUI. */
  const reached: string[] = []
  afterEach(async () => {
    reached.length = 0
    for (const each of open.splice(0)) await each.close()
  })

  /** A ComfyUI that answers with what reached it. */
  async function comfyui(): Promise<string> {
    const http = createHttpServer((request, response) => {
      if (request.headers.authorization === 'Basic bm9ib2R5Og==')
        response.writeHead(401, { 'www-authenticate': 'Basic realm="comfy"' })
      response.end(JSON.stringify({ path: request.url, ...request.headers }))
    })
    const sockets = new WebSocketServer({ server: http })
    sockets.on('connection', (socket, request) => {
      reached.push(String(request.url))
      socket.send(JSON.stringify({ path: request.url, ...request.headers }))
    })
    http.on('request', (request) => reached.push(String(request.url)))
    open.push({ close: () => (http.closeAllConnections(), http.close()) })
    return `http://127.0.0.1:${await listening(http)}`
  }
  async function dashboard(
    targets: string | readonly string[],
    env: NodeJS.ProcessEnv = {},
    say?: (line: string) => void,
  ): Promise<{ vite: ViteDevServer; port: number }> {
    const vite = await createServer({
      configFile: false,
      logLevel: 'silent',
      optimizeDeps: { noDiscovery: true },
      plugins: [
        dashboardPlugin({
          targets: proxyTargets([targets].flat(), env),
          simulated: false,
          ...(say ? { say } : {}),
        }),
      ],
      server: { host: '127.0.0.1', port: await freePort(), strictPort: true, hmr: false },
    })
    await vite.listen()
    open.push(vite)
    const address = vite.httpServer?.address()
    return { vite, port: address && typeof address === 'object' ? address.port : 0 }
  }
  const listening = (http: Server): Promise<number> =>
    new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)))
  /** Of its own each time: a connection that is kept open to a server that is gone would be taken again. */
  const freePort = async (): Promise<number> => {
    const probe = createHttpServer()
    const port = await listening(probe)
    await new Promise((resolve) => probe.close(resolve))
    return port
  }
  const idOf = (target = ''): string => proxyTargets([target], {})[0]?.id ?? ''
  const envOf = (target = ''): string => idOf(target).toUpperCase().replaceAll('-', '_')
  const firstWord = (socket: WebSocket): Promise<string> =>
    new Promise((resolve) => {
      socket.on('message', (data) => resolve(String(data)))
      socket.on('error', () => resolve('refused'))
    })

  it('rewrites Host and Origin towards ComfyUI, for requests and for sockets', async () => {
    const target = await comfyui()
    const { port } = await dashboard(target)
    const own = `http://127.0.0.1:${port}`
    const seen = await (await fetch(own + TELEMETRY, { headers: { origin: own } })).json()
    expect(seen).toMatchObject({ host: new URL(target).host, origin: target })
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/comfyui/telemetry`, { origin: own })
    expect(JSON.parse(await firstWord(socket))).toMatchObject({ host: new URL(target).host, origin: target })
    socket.close()
  })

  it('reaches each server below its id, a path prefix kept, and says which there are', async () => {
    const [first, second] = [await comfyui(), `${await comfyui()}/studio/b`]
    const { port } = await dashboard([first, second])
    const own = `http://127.0.0.1:${port}`
    const { servers } = await (await fetch(`${own}${IDENTITY_PATH}/servers`)).json()
    expect(servers).toEqual([
      { id: idOf(first), name: new URL(first).host, url: `/servers/${idOf(first)}`, home: true },
      {
        id: `${idOf(second)}`,
        name: `${new URL(second).host}/studio/b`,
        url: `/servers/${idOf(second)}`,
        home: false,
      },
    ])
    for (const [path, prefix, target] of [
      ['/api/comfyui', '', first],
      [servers[0].url, '', first],
      [servers[1].url, '/studio/b', second],
    ] as const) {
      const seen = await (
        await fetch(`${own}${path}/history?max_items=1`, { headers: { origin: own } })
      ).json()
      const { host, origin } = new URL(target)
      expect(seen).toMatchObject({ path: `${prefix}/history?max_items=1`, host, origin })
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}/ws?clientId=x`, { origin: own })
      expect(JSON.parse(await firstWord(socket))).toMatchObject({
        path: `${prefix}/ws?clientId=x`,
        host,
        origin,
      })
      socket.close()
    }
  })

  it('adds Basic authentication, to each server its own, and never tells the page', async () => {
    const targets = [await comfyui(), await comfyui()]
    const env = { COMFYUI_AUTH: 'me:secret', [`COMFYUI_AUTH_${envOf(targets[1])}`]: 'nobody:' }
    const { port } = await dashboard(targets, env)
    const own = `http://127.0.0.1:${port}`
    const seen = await (
      await fetch(`${own}/api/comfyui/queue`, { headers: { authorization: 'Basic x' } })
    ).json()
    expect(seen.authorization).toBe(`Basic ${btoa('me:secret')}`)
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/comfyui/ws`, { origin: own })
    expect(JSON.parse(await firstWord(socket)).authorization).toBe(`Basic ${btoa('me:secret')}`)
    socket.close()
    const refused = await fetch(`${own}/servers/${idOf(targets[1])}/queue`)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, null])
    // Files of anybody's making are opened under this address: nothing in them may run.
    expect(refused.headers.get('content-security-policy')).toBe('sandbox')
    for (const path of [IDENTITY_PATH, `${IDENTITY_PATH}/servers`])
      expect(await (await fetch(own + path)).text()).not.toMatch(/secret|nobody/)
  })

  it('names a server that does not answer by the address that it was given by, and says what to do', async () => {
    const { port } = await dashboard('http://127.0.0.1:9')
    const answer = await fetch(`http://127.0.0.1:${port}/api/comfyui/queue`)
    expect([answer.status, (await answer.json()).error]).toEqual([
      502,
      'No answer from http://127.0.0.1:9: the server is off, or this machine does not reach it. Start it, if it is off. It is tried again by itself.',
    ])
  })

  it('refuses a https server whose certificate nobody vouches for, and says how to trust it', async () => {
    const https = createHttpsServer(SELF_SIGNED, (_, response) => response.end('{}'))
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => (https.closeAllConnections(), https.close()) })
    const { port: securePort } = https.address() as AddressInfo
    const told: string[] = []
    const { port } = await dashboard(`https://localhost:${securePort}`, {}, (line) => told.push(line))
    const answer = await fetch(`http://127.0.0.1:${port}/api/comfyui/queue`)
    expect(answer.status).toBe(502)
    expect((await answer.json()).error).toMatch(/does not trust.*NODE_EXTRA_CA_CERTS/)
    await fetch(`http://127.0.0.1:${port}/api/comfyui/queue`)
    expect(told).toHaveLength(1)
  })

  it.each(['/api/comfyui', '/servers'])(
    'refuses a foreign page’s request and socket below %s before ComfyUI hears of it',
    async (place) => {
      const target = await comfyui()
      const { port } = await dashboard(target)
      const prefix = place === '/servers' ? `/servers/${idOf(target)}` : place
      const foreign = { origin: 'http://evil.test' }
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`http://127.0.0.1:${port}${prefix}/prompt`, { method, headers: foreign })
        expect(answer.status).toBe(403)
      }
      for (const path of ['/telemetry', '/ws']) {
        const socket = new WebSocket(`ws://127.0.0.1:${port}${prefix}${path}`, foreign)
        expect(await firstWord(socket)).toBe('refused')
        const rebound = new WebSocket(`ws://127.0.0.1:${port}${prefix}${path}`, {
          origin: 'http://evil.test',
          headers: { host: 'evil.test' },
        })
        expect(await firstWord(rebound)).toBe('refused')
      }
      const other = new WebSocket(`ws://127.0.0.1:${port}${prefix}/queue`, {
        origin: `http://127.0.0.1:${port}`,
      })
      expect(await firstWord(other)).toBe('refused')
      expect(reached).toEqual([])
    },
  )

  it('is where the page finds every server by itself, live, named, and not to be removed', async () => {
    const [first, second] = [await startScriptedNode(), await startScriptedNode()]
    second.source = 'source-2'
    open.push(first, second)
    const { port } = await dashboard([first.url, second.url])
    const services = openServices({
      url: '/api/comfyui',
      pageUrl: `http://127.0.0.1:${port}/`,
      indexedDB: freshIndexedDB(),
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    })
    open.unshift({ close: () => services.dispose() })
    const { list } = services.servers
    const known = (): unknown => list.getSnapshot().map(({ name, source }) => [name, source])
    const expected = [
      [new URL(first.url).host, 'source-1'],
      [new URL(second.url).host, 'source-2'],
    ]
    await waitUntil(() => JSON.stringify(known()) === JSON.stringify(expected), 'both are heard')
    await expect(services.servers.remove(idOf(second.url))).rejects.toThrow(/cannot be removed/)
  })

  it('outlives an upgrade that names no path', async () => {
    const { port } = await dashboard(await comfyui())
    const socket = new WebSocket(`ws://127.0.0.1:${port}//`)
    socket.on('error', () => undefined)
    expect(await whoListens(port)).toBe('ours')
    socket.terminate()
  })

  it('says who it is, so that the second start finds the first', async () => {
    const { port } = await dashboard(await comfyui())
    expect(await whoListens(port)).toBe('ours')
  })

  it('is told from another program, and from nobody', async () => {
    const another = new URL(await comfyui())
    expect(await whoListens(Number(another.port))).toBe('another')
    expect(await whoListens(await freePort())).toBe('nobody')
  })
})
