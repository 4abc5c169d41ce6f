import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { createServer, type ViteDevServer } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { dashboardPlugin, IDENTITY_PATH } from '../../scripts/dashboardPlugin.mjs'
import { findComfyui } from '../../scripts/findComfyui.mjs'
import { redirectOf, refusalOf } from '../../scripts/proxyDefence.mjs'
import { proxyTargets } from '../../scripts/proxyTargets.mjs'
import { readStartOptions } from '../../scripts/readStartOptions.mjs'
import { whoListens } from '../../scripts/whoListens.mjs'

/** Of `localhost`, vouched for by nobody; the key guards nothing. */
const SELF_SIGNED = {
  key: readFileSync('tests/fixtures/self-signed/key.pem'),
  cert: readFileSync('tests/fixtures/self-signed/cert.pem'),
}
const TELEMETRY = '/api/comfyui/telemetry/info'
const ask = (fields: Partial<Parameters<typeof refusalOf>[0]>): string | undefined =>
  refusalOf({
    path: TELEMETRY,
    method: 'GET',
    host: 'localhost:5178',
    origin: undefined,
    site: undefined,
    ids: ['gpu-box-8188', 'b'],
    ...fields,
  })
/** Where the page reaches a server: the first, and any by its id. */
const PREFIXES = ['/api/comfyui', '/servers/gpu-box-8188']

describe('the proxy’s defence', () => {
  it('lets the dashboard’s own page pass, by name and by address', () => {
    expect(ask({})).toBeUndefined()
    expect(ask({ origin: 'http://localhost:5178', site: 'same-origin' })).toBeUndefined()
    expect(ask({ host: '127.0.0.1:5178', origin: 'http://127.0.0.1:5178' })).toBeUndefined()
    expect(ask({ host: '[::1]:5178', origin: 'http://[::1]:5178' })).toBeUndefined()
  })

  it.each([
    'http://evil.test',
    'null',
    'http://localhost:3000',
    'https://localhost:5178',
    'http://localhost:5178.evil.test',
  ])('refuses the origin %s', (origin) => expect(ask({ origin })).toMatch(/Pages from elsewhere/))

  it.each([
    'evil.test',
    'localhost.evil.test:5178',
    '127.0.0.1.nip.io',
    '',
    undefined,
    'localhost:5178@evil.test',
    '[::1',
    '0x7f.1',
  ])('refuses the host %s, which could be pointed here', (host) =>
    expect(ask({ host, path: '/' })).toMatch(/localhost and to addresses only/),
  )

  it('refuses what another site embeds without an Origin', () => {
    expect(ask({ site: 'cross-site' })).toBeDefined()
    expect(ask({ site: 'same-site' })).toBeDefined()
  })

  it.each(PREFIXES)('forwards below %s what the page uses, each by its method', (prefix) => {
    const uses = {
      GET: [
        '/telemetry/info',
        '/telemetry',
        '/system_stats',
        '/queue',
        '/history',
        '/history/0b7c-1_a',
        '/prompt',
        '/view',
        '/object_info/KSampler',
        '/object_info/Image%20Resize%7Cpysssss',
        '/object_info/KSampler%20(Efficient)',
        '/simulator/scenarios',
      ],
      POST: ['/prompt', '/queue', '/interrupt', '/free', '/telemetry/outcome', '/telemetry/run'],
      UPGRADE: ['/ws', '/telemetry'],
    }
    for (const [method, paths] of Object.entries(uses))
      for (const path of paths)
        expect(ask({ path: prefix + path, method }), `${method} ${path}`).toBeUndefined()
  })

  it.each(PREFIXES)('forwards below %s nothing else, and nothing by another method', (prefix) => {
    const refused = {
      GET: [
        '',
        '/',
        '/ws',
        '/interrupt',
        '/free',
        '/userdata/x',
        '/object_info',
        '/telemetry/info/',
        '/manager/x',
      ],
      POST: [
        '/system_stats',
        '/history',
        '/view',
        '/upload/image',
        '/object_info/KSampler',
        '/telemetry/info',
      ],
      UPGRADE: ['/prompt', '/queue', '/telemetry/info', '/'],
      PUT: ['/prompt'],
      DELETE: ['/history/1'],
      OPTIONS: ['/prompt'],
      HEAD: ['/queue'],
      get: ['/queue'],
    }
    for (const [method, paths] of Object.entries(refused))
      for (const path of paths)
        expect(ask({ path: prefix + path, method }), `${method} ${path}`).toMatch(/only what it uses/)
  })

  it.each(PREFIXES)('lets no path below %s be read in two ways', (prefix) => {
    for (const path of [
      `${prefix}%2Fprompt`,
      `${prefix}X/prompt`,
      `${prefix}//prompt`,
      `${prefix}/x/../../../prompt`,
      `${prefix}/telemetry/../prompt`,
      `${prefix}/telemetry/..%2fuserdata`,
      `${prefix}/history/..`,
      `${prefix}/history/%2e%2e%2fuserdata`,
      `${prefix}/history/..%5cuserdata`,
      `${prefix}/object_info/..`,
      `${prefix}/object_info/%2e%2e`,
      `${prefix}/object_info/..%2Fuserdata`,
      `${prefix}/object_info/a%252fb`,
      `${prefix}/object_info/a%00`,
      `${prefix}/object_info/a\\b`,
      `${prefix}/queue;x`,
      `${prefix}\\prompt`,
    ])
      expect(ask({ path }), path).toMatch(/only what it uses/)
  })

  it('is no open proxy: a server that was not named at the start is none', () => {
    for (const path of [
      '/servers',
      '/servers/',
      '/servers/queue',
      '/servers/other/queue',
      '/servers/gpu-box-81880/queue',
      '/servers/gpu-box-8188.evil.test/queue',
      '/servers/http://evil.test/queue',
      '/servers/GPU-BOX-8188/queue',
      '/servers/gpu%2Dbox-8188/queue',
      '/servers/b/../gpu-box-8188/userdata',
      '/servers//queue',
    ])
      expect(ask({ path }), path).toMatch(/only what it uses/)
  })

  it('never throws, and never lets a foreign origin pass', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (path, host, origin) => {
        for (const prefix of PREFIXES) expect(ask({ path: `${prefix}/${path}`, host, origin })).toBeDefined()
      }),
    )
  })

  it('sends a page that was opened by the address to localhost, where the history is', () => {
    expect(redirectOf('127.0.0.1:5178', '/#/live')).toBe('http://localhost:5178/#/live')
    expect(redirectOf('127.0.0.1:5178', IDENTITY_PATH)).toBeUndefined()
    expect(redirectOf('127.0.0.1:5178', '/servers/b/queue')).toBeUndefined()
    expect(redirectOf('localhost:5178', '/')).toBeUndefined()
  })
})

describe('the options of npm start', () => {
  it('default to port 5178, a browser, and looking for a ComfyUI', () => {
    expect(readStartOptions([])).toEqual({ port: 5178, simulate: undefined, open: true, comfyui: [] })
  })
  it('take --simulate with and without a scenario', () => {
    expect(readStartOptions(['--simulate']).simulate).toBe('')
    expect(readStartOptions(['--simulate', '--no-open'])).toMatchObject({ simulate: '', open: false })
    expect(readStartOptions(['--simulate', 'busy', '--port', '6000'])).toMatchObject({
      simulate: 'busy',
      port: 6000,
    })
  })
  it('take --comfyui once for each server', () => {
    expect(readStartOptions(['--comfyui', 'http://a:1', '--comfyui=http://b:2']).comfyui).toEqual([
      'http://a:1',
      'http://b:2',
    ])
  })
  it('refuse the rest with the usage', () => {
    for (const args of [['--port', 'x'], ['--port', '0'], ['--what'], ['stray']])
      expect(() => readStartOptions(args)).toThrow(/Usage: npm start/)
  })
})

describe('looking for ComfyUI', () => {
  const never = (): Promise<boolean> => Promise.resolve(false)
  it('takes the one that is named, whether it answers yet or not', async () => {
    expect(await findComfyui({ given: 'http://gpu-box:8188/', env: {}, answers: never })).toEqual({
      comfyui: 'http://gpu-box:8188',
      isThere: true,
    })
    expect(
      await findComfyui({ given: undefined, env: { COMFYUI_URL: 'http://a:1' }, answers: never }),
    ).toMatchObject({
      comfyui: 'http://a:1',
    })
  })
  it('else looks at the usual place', async () => {
    expect(await findComfyui({ given: undefined, env: {}, answers: never })).toEqual({
      comfyui: 'http://127.0.0.1:8188',
      isThere: false,
    })
  })
  it('says what is wrong with an address that is none', async () => {
    await expect(findComfyui({ given: 'gpu-box', env: {}, answers: never })).rejects.toThrow(
      /no address of a ComfyUI/,
    )
  })
})

describe('the servers to proxy', () => {
  const ids = (addresses: string[], env: NodeJS.ProcessEnv = {}): string[] =>
    proxyTargets(addresses, env).map(({ id }) => id)

  it('have ids that stay the same and fit a path, each once', () => {
    expect(
      ids(['http://gpu-box:8188/', 'http://gpu-box:8188', 'https://Host/comfy/', 'http://[::1]:8188']),
    ).toEqual(['gpu-box-8188', 'host-comfy', '1-8188'])
    expect(ids(['http://host/a-b', 'http://host/a/b'])).toEqual(['host-a-b', 'host-a-b-2'])
  })

  it('have the password of all, or their own, or none', () => {
    const env = { COMFYUI_AUTH: 'me:1:2', COMFYUI_AUTH_B_2: 'you:3', COMFYUI_AUTH_C_3: '' }
    const targets = proxyTargets(['http://a:1', 'http://b:2', 'http://c:3'], env)
    expect(targets.map(({ auth }) => auth)).toEqual(['me:1:2', 'you:3', undefined])
  })

  it('are refused with a password in their address, or one that is none, and neither is repeated', () => {
    const refused = (addresses: string[], env: NodeJS.ProcessEnv = {}): string => {
      try {
        return JSON.stringify(proxyTargets(addresses, env))
      } catch (error) {
        return String(error)
      }
    }
    const words = refused(['http://me:secret@gpu-box:8188'])
    expect(words).toMatch(/COMFYUI_AUTH=user:password/)
    expect(words).not.toContain('secret')
    expect(refused(['http://a:1'], { COMFYUI_AUTH_A_1: 'secret' })).toMatch(
      /COMFYUI_AUTH_A_1 is to be user:password\.$/,
    )
    expect(refused(['http://a:1?x=1'])).toMatch(/no address of a ComfyUI/)
  })
})

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
    for (const path of [IDENTITY_PATH, `${IDENTITY_PATH}/servers`])
      expect(await (await fetch(own + path)).text()).not.toMatch(/secret|nobody/)
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

describe('npm start', () => {
  const start = (...args: string[]) => spawn(process.execPath, ['scripts/start.mjs', '--no-open', ...args])
  const ended = (child: ReturnType<typeof start>): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output += String(chunk)))
      child.on('close', (code) => resolve({ code, output }))
    })

  it('stops at a port that another program has, and says what to do and what that costs', async () => {
    const another = createHttpServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => another.listen(0, '127.0.0.1', resolve))
    const { port } = another.address() as AddressInfo
    const { code, output } = await ended(start('--port', String(port)))
    another.close()
    expect(code).toBe(1)
    expect(output).toMatch(
      new RegExp(`Port ${port} is taken by another program.*--port.*another port is another history`),
    )
  })

  it('names the scenarios when one is asked for that isn’t there', async () => {
    const { code, output } = await ended(start('--port', '5990', '--simulate', 'nonsense'))
    expect(code).toBe(1)
    expect(output).toMatch(
      /There is no scenario "nonsense"\. There are: healthy, flapping, stock, stalled, restart, out-of-memory, busy\./,
    )
  })

  it('serves the page beside a simulator, once: the second start finds the first', async () => {
    const first = start('--port', '5991', '--simulate', 'busy')
    try {
      await new Promise<void>((resolve) =>
        first.stdout.on('data', (chunk) => /dashboard is on/.test(String(chunk)) && resolve()),
      )
      expect(await (await fetch('http://localhost:5991/')).text()).toContain('<div id="root">')
      const menu = await (await fetch('http://localhost:5991/api/comfyui/simulator/scenarios')).json()
      expect(menu.scenario).toBe('busy')
      const { code, output } = await ended(start('--port', '5991'))
      expect([code, output]).toEqual([0, 'The dashboard runs already: http://localhost:5991\n'])
    } finally {
      const gone = ended(first)
      first.kill()
      await gone
    }
  }, 40_000)
})
