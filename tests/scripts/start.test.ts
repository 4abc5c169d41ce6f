import { spawn } from 'node:child_process'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { createServer, type ViteDevServer } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { dashboardPlugin, IDENTITY_PATH } from '../../scripts/dashboardPlugin.mjs'
import { findComfyui } from '../../scripts/findComfyui.mjs'
import { redirectOf, refusalOf } from '../../scripts/proxyDefence.mjs'
import { readStartOptions } from '../../scripts/readStartOptions.mjs'
import { whoListens } from '../../scripts/whoListens.mjs'

const TELEMETRY = '/api/comfyui/telemetry/info'
const ask = (fields: Partial<Parameters<typeof refusalOf>[0]>): string | undefined =>
  refusalOf({ path: TELEMETRY, host: 'localhost:5178', origin: undefined, site: undefined, ...fields })

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

  it('forwards only what the page uses', () => {
    expect(ask({ path: '/api/comfyui/view' })).toBeUndefined()
    for (const path of [
      '/api/comfyui',
      '/api/comfyui%2Fprompt',
      '/api/comfyuiX/prompt',
      '/api/comfyui/x/../../../prompt',
      '/api/comfyui/telemetry/info/',
      '/api/comfyui/prompt',
      '/api/comfyui/telemetry/../prompt',
      '/api/comfyui/',
      '/api/comfyui/userdata/x',
      '/api/comfyui/view/x',
    ])
      expect(ask({ path })).toMatch(/only what it uses/)
  })

  it('never throws, and never lets a foreign origin pass', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (path, host, origin) => {
        expect(refusalOf({ path: `/api/comfyui/${path}`, host, origin, site: undefined })).toBeDefined()
      }),
    )
  })

  it('sends a page that was opened by the address to localhost, where the history is', () => {
    expect(redirectOf('127.0.0.1:5178', '/#/live')).toBe('http://localhost:5178/#/live')
    expect(redirectOf('127.0.0.1:5178', IDENTITY_PATH)).toBeUndefined()
    expect(redirectOf('localhost:5178', '/')).toBeUndefined()
  })
})

describe('the options of npm start', () => {
  it('default to port 5178, a browser, and looking for a ComfyUI', () => {
    expect(readStartOptions([])).toEqual({ port: 5178, simulate: undefined, open: true, comfyui: undefined })
  })
  it('take --simulate with and without a scenario', () => {
    expect(readStartOptions(['--simulate']).simulate).toBe('')
    expect(readStartOptions(['--simulate', '--no-open'])).toMatchObject({ simulate: '', open: false })
    expect(readStartOptions(['--simulate', 'busy', '--port', '6000'])).toMatchObject({
      simulate: 'busy',
      port: 6000,
    })
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

describe('the dashboard’s server', () => {
  const open: { close(): unknown }[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })

  /** A ComfyUI that answers with what reached it. */
  async function comfyui(): Promise<string> {
    const http = createHttpServer((request, response) => response.end(JSON.stringify(request.headers)))
    const sockets = new WebSocketServer({ server: http })
    sockets.on('connection', (socket, request) => socket.send(JSON.stringify(request.headers)))
    open.push({ close: () => (http.closeAllConnections(), http.close()) })
    return `http://127.0.0.1:${await listening(http)}`
  }
  async function dashboard(target: string): Promise<{ vite: ViteDevServer; port: number }> {
    const vite = await createServer({
      configFile: false,
      logLevel: 'silent',
      optimizeDeps: { noDiscovery: true },
      plugins: [dashboardPlugin({ comfyui: target, simulated: false })],
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

  it('lets nothing run under its own address that ComfyUI sends', async () => {
    const { port } = await dashboard(await comfyui())
    const answer = await fetch(`http://127.0.0.1:${port}/api/comfyui/view?filename=x.html`)
    expect(answer.headers.get('content-security-policy')).toBe('sandbox')
  })

  it('refuses a foreign page’s request and socket before ComfyUI hears of it', async () => {
    const { port } = await dashboard(await comfyui())
    const answer = await fetch(`http://127.0.0.1:${port}${TELEMETRY}`, {
      headers: { origin: 'http://evil.test' },
    })
    expect(answer.status).toBe(403)
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/comfyui/telemetry`, {
      origin: 'http://evil.test',
    })
    expect(await firstWord(socket)).toBe('refused')
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
