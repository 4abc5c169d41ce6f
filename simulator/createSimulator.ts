import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import { systemClock, type Clock } from './clock'
import { parseTarget, readRequest, send, type Route } from './answer'
import { createEngine, type Engine, type SimulatedPrompt } from './createEngine'
import { createJournal } from './createJournal'
import { createNode, type SimulatedNode } from './createNode'
import type { NodeIdentity } from './identity'
import { keepPolicies } from './keepPolicies'
import { createRandom } from '../services/shared/createRandom'
import { isScenarioName, SCENARIOS, type Scenario, type ScenarioName } from './scenarios'
import { servePage } from './servePage'
import { serveStockSocket } from './serveStockSocket'
import { serveStream } from './serveStream'
import { stockRoutes } from './stockRoutes'
import { telemetryRoutes } from './telemetryRoutes'
import { tellStories, type Storyteller } from './tellStories'

export interface SimulatorOptions {
  /** 0 or absent: any free one. */
  readonly port?: number
  /** What it listens on; 127.0.0.1 alone when absent. */
  readonly host?: string
  readonly seed?: number
  readonly scenario?: ScenarioName
  /** Multiplies all times; 0.1 is ten times as fast. */
  readonly pace?: number
  /** Whether it queues stories by itself; default true. */
  readonly tellsStories?: boolean
  /** The built dashboard, served at `/telemetry/ui/`. */
  readonly pageFolder?: string
  /** A page from there may read the telemetry and queue, too. */
  readonly allowedOrigin?: string
  /** Whose hands a test may move; the machine's when absent. */
  readonly clock?: Clock
  /** The address at which no ComfyUI answered: the page says so. */
  readonly sought?: string
}
export interface Simulator {
  readonly url: string
  readonly port: number
  readonly source: string
  scenario(): ScenarioName
  setScenario(name: ScenarioName): void
  /** Cuts every stream, as a dropped wire does; how many. */
  drop(): number
  /** Ends what is open and tells no more stories. */
  quiet(): void
  /** The process dies and comes back after `downMs`, with its journal or a new one; of a lost one nothing is told any more. */
  restart(downMs: number, journal?: 'kept' | 'lost'): Promise<void>
  /** Clients of `/telemetry` at the moment. */
  streams(): number
  /** Everything that was journaled, oldest first. */
  journal(): readonly Readonly<Record<string, unknown>>[]
  close(): Promise<void>
}

/** What one scenario has running; torn down as a whole. */
interface Stage {
  readonly scenario: Scenario
  readonly engine: Engine
  readonly node: SimulatedNode
  readonly routes: Readonly<Record<string, Route>>
  readonly story: Storyteller | undefined
  dispose(): void
}

/** ComfyUI answers everything under `/api` too. */
const API_MIRROR = /^\/api(?=\/)/

/**
 * A ComfyUI with the telemetry node that needs neither: deterministic from its seed but for the clock. Listens on this machine alone unless told
 * otherwise. Whoever started it closes it.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { pace = 1, tellsStories = true, pageFolder, host = '127.0.0.1', clock = systemClock } = options
  const random = createRandom(options.seed ?? Date.now())
  const identity: NodeIdentity = { source: `simulator-${random.uuid()}`, startedAt: Date.now() }
  let journal = createJournal(random.uuid())
  const streams = new Set<WebSocket>()
  const sockets = new Set<WebSocket>()
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  let stage = build(SCENARIOS[options.scenario ?? 'healthy'])
  let server: Server = createHttp()
  await listen(server, options.port ?? 0, host)
  const { port } = addressOf(server)
  let isClosed = false

  function build(scenario: Scenario): Stage {
    const engine = createEngine(scenario, random, pace, clock)
    const node = createNode(engine, journal, identity.source, random, pace, clock)
    let restarting: ReturnType<typeof setTimeout> | undefined
    const onScene = (scene: number, attempt: number): void => {
      if (scene !== scenario.restartAtScene || attempt !== 1) return
      restarting = setTimeout(() => void restart(scenario.downMs * pace), 3_000 * pace)
    }
    const stopKeeping = scenario.hasTelemetry ? keepPolicies(engine, node) : undefined
    const story = tellsStories
      ? tellStories(engine, scenario, random, pace, { onScene, tellNode: node.hear })
      : undefined
    return {
      scenario,
      engine,
      node,
      story,
      routes: {
        ...stockRoutes(engine, node, random),
        ...(scenario.hasTelemetry ? telemetryRoutes(node, identity) : {}),
      },
      dispose() {
        clearTimeout(restarting)
        stopKeeping?.()
        story?.stop()
        engine.crash()
        node.endLost()
        node.dispose()
        engine.dispose()
      },
    }
  }

  function createHttp(): Server {
    const http = createServer((message, response) => {
      if (options.allowedOrigin !== undefined) allow(options.allowedOrigin, response)
      // A request that broke off, or asks for a file by a name that none has, is answered by nothing.
      answer(message, response).catch(() => response.destroy())
    })
    http.on('upgrade', (request, socket, head) => {
      socket.on('error', () => undefined)
      const target = parseTarget(request.url)
      const path = target?.path.replace(API_MIRROR, '')
      const isStream = path === '/telemetry' && stage.scenario.hasTelemetry
      if (!target || (!isStream && path !== '/ws'))
        return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      acceptor.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => undefined)
        const group = isStream ? streams : sockets
        group.add(client)
        client.on('close', () => group.delete(client))
        if (!isStream) return serveStockSocket(client, target.query.get('clientId') ?? '', stage)
        serveStream(client, target.query, stage.node, identity, stage.scenario)
        dropLater(client)
      })
    })
    return http
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message)
    if (!request) return send(response, { status: 400, json: { error: 'That is no path.' } })
    if (message.method === 'OPTIONS') return send(response, { status: 200, json: {} })
    const path = request.path.replace(API_MIRROR, '')
    if (stage.scenario.hasTelemetry && servePage(path, pageFolder, response)) return
    if (stage.scenario.answerMs > 0) await wait(stage.scenario.answerMs * pace)
    const name = `${message.method} ${path.replace(/^\/(history|object_info)\/.+/, '/$1/*')}`
    const route = menuRoutes[name] ?? stage.routes[name]
    send(response, route ? route({ ...request, path }) : { status: 404, json: { error: 'Not found.' } })
  }

  function dropLater(client: WebSocket): void {
    const range = stage.scenario.dropEveryMs
    if (!range) return
    const timer = setTimeout(() => client.terminate(), random.between(...range))
    client.on('close', () => clearTimeout(timer))
  }

  const drop = (): number => {
    const cut = [...streams]
    for (const client of cut) client.terminate()
    return cut.length
  }
  const stop = async (): Promise<void> => {
    for (const client of [...streams, ...sockets]) client.terminate()
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }

  async function restart(downMs: number, kept: 'kept' | 'lost' = 'kept'): Promise<void> {
    const lost: readonly SimulatedPrompt[] = stage.engine.crash()
    await stop()
    await new Promise((resolve) => setTimeout(resolve, downMs))
    if (isClosed) return
    if (kept === 'lost') loseJournal()
    else stage.node.endLost()
    server = createHttp()
    await listen(server, port, host)
    stage.story?.queueAgain(lost)
  }

  function loseJournal(): void {
    stage.dispose()
    journal = createJournal(random.uuid())
    stage = build(stage.scenario)
  }

  function setScenario(name: ScenarioName): void {
    stage.story?.giveUp()
    stage.dispose()
    for (const client of [...streams, ...sockets]) client.terminate()
    stage = build(SCENARIOS[name])
  }

  const menuRoutes: Readonly<Record<string, Route>> = {
    'GET /simulator/scenarios': () => ({ status: 200, json: menu() }),
    'POST /simulator/scenario': ({ body: { name } }) => {
      if (!isScenarioName(name)) return { status: 400, json: { error: 'There is no scenario of that name.' } }
      setScenario(name)
      return { status: 200, json: menu() }
    },
  }
  const menu = (): unknown => ({
    scenario: stage.scenario.name,
    scenarios: Object.values(SCENARIOS).map(({ name, title }) => ({ name, title })),
    sought: options.sought,
  })

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    source: identity.source,
    scenario: () => stage.scenario.name,
    setScenario,
    drop,
    quiet() {
      stage.story?.stop()
      stage.engine.crash()
      stage.node.endLost()
    },
    restart,
    streams: () => streams.size,
    journal: () => journal.after(0, Number.MAX_SAFE_INTEGER),
    async close() {
      isClosed = true
      stage.dispose()
      await stop()
    },
  }
}

/** As `--enable-cors-header` does: what is asked before a request with JSON in it, too. */
function allow(origin: string, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-headers', 'content-type')
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('The simulator does not listen on a port.')
  return address
}
