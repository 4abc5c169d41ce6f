import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import { createRandom } from '../services/shared/createRandom'
import { parseTarget, readRequest, send } from './answer'
import { systemClock, type Clock } from './clock'
import { createJournal } from './createJournal'
import { createStage, type Stage } from './createStage'
import type { NodeIdentity } from './identity'
import { listen, unlisten } from './listen'
import { menuRoutes } from './menuRoutes'
import { SCENARIOS, type Scenario, type ScenarioName } from './scenarios'
import { servePage } from './servePage'
import { serveStockSocket } from './serveStockSocket'
import { serveStream } from './serveStream'
import type { SimulatedPrompt } from './simulatedPrompt'

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

/** ComfyUI answers everything under `/api` too. */
const API_MIRROR = /^\/api(?=\/)/

/**
 * A ComfyUI with the telemetry node that needs neither: deterministic from its seed but for the clock. Listens on this machine alone
 * unless told otherwise. Rejects where its port can't be had. Whoever started it closes it.
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
  const port = await listen(server, options.port ?? 0, host)
  let isClosed = false

  function build(scenario: Scenario): Stage {
    const onRestart = (downMs: number): void => void restart(downMs)
    return createStage(scenario, { journal, identity, random, clock, pace, tellsStories, onRestart })
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
    const route = menu[name] ?? stage.routes[name]
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
    await unlisten(server)
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

  const menu = menuRoutes({ scenario: () => stage.scenario.name, setScenario, sought: options.sought })

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
