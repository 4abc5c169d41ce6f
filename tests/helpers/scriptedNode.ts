import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** A server that says on `/telemetry` exactly what a test tells it to say. Closed by the test that made it. */
export interface ScriptedNode {
  readonly url: string
  readonly streamUrl: string
  source: string
  epoch: string
  /** What `/telemetry/events` has; messages with a `seq`. */
  readonly journal: Record<string, unknown>[]
  readonly traces: Map<string, unknown>
  /** Status of `/telemetry/info`; 200 answers with the info. */
  infoStatus: number
  eventsStatus: number
  simulated: boolean
  /** Addresses of the sockets that were opened, in order. */
  readonly opened: string[]
  readonly sockets: Set<WebSocket>
  /** Said to each new socket before anything else; default: a hello with the journal's newest seq. */
  greet: (socket: WebSocket, query: URLSearchParams) => void
  say(...messages: object[]): void
  /** Adds to the journal and says it. */
  record(...messages: object[]): void
  dropAll(): void
  close(): Promise<void>
}

export const hello = (node: ScriptedNode, extra: object = {}): object => ({
  type: 'hello',
  protocol: 1,
  server: { name: 'scripted', version: '1', comfyVersion: '0.3.64' },
  source: node.source,
  epoch: node.epoch,
  seq: node.journal.length,
  now: Date.now(),
  intervalMs: 250,
  heartbeatMs: 200,
  gpus: [],
  ...extra,
})

export async function startScriptedNode(): Promise<ScriptedNode> {
  const http = createServer((request, response) => answer(node, request, response))
  const sockets = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/telemetry') return void socket.destroy()
    sockets.handleUpgrade(request, socket, head, (client) => {
      node.opened.push(url.search)
      node.sockets.add(client)
      client.on('close', () => node.sockets.delete(client))
      client.on('error', () => undefined)
      node.greet(client, url.searchParams)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const node: ScriptedNode = {
    url: `http://127.0.0.1:${port}`,
    streamUrl: `ws://127.0.0.1:${port}/telemetry`,
    source: 'source-1',
    epoch: 'epoch-1',
    journal: [],
    traces: new Map(),
    infoStatus: 200,
    eventsStatus: 200,
    simulated: false,
    opened: [],
    sockets: new Set(),
    greet: (socket, query) => resume(node, socket, query),
    say: (...messages) => sendAll(node, messages),
    record(...messages) {
      for (const message of messages) node.journal.push({ ...message, seq: node.journal.length + 1 })
      sendAll(node, node.journal.slice(-messages.length))
    },
    dropAll: () => node.sockets.forEach((socket) => socket.terminate()),
    async close() {
      node.dropAll()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return node
}

/** What a good node does: hello, state, then everything after `since`. */
function resume(node: ScriptedNode, socket: WebSocket, query: URLSearchParams): void {
  const since = query.get('since')
  const known = query.get('epoch') === node.epoch && since !== null
  const from = Number(since)
  const resumed = known ? { resumed: { from, to: node.journal.length, lost: 0 } } : {}
  socket.send(JSON.stringify(hello(node, resumed)))
  socket.send(JSON.stringify({ type: 'state', prompts: [] }))
  if (known && node.journal.length > from) socket.send(JSON.stringify(node.journal.slice(from)))
}

function sendAll(node: ScriptedNode, messages: readonly object[]): void {
  const frame = JSON.stringify(messages.length === 1 ? messages[0] : messages)
  for (const socket of node.sockets) socket.send(frame)
}

function answer(node: ScriptedNode, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const json = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  switch (url.pathname) {
    case '/telemetry/info':
      return json(node.infoStatus, node.infoStatus === 200 ? info(node) : {})
    case '/telemetry/events': {
      if (url.searchParams.get('epoch') !== node.epoch) return json(409, {})
      const since = Number(url.searchParams.get('since'))
      const events = node.journal.filter(({ seq }) => Number(seq) > since).slice(0, 1000)
      const last = events.at(-1)?.seq
      const next = last !== undefined && Number(last) < node.journal.length ? { next: last } : {}
      return json(node.eventsStatus, { epoch: node.epoch, events, ...next })
    }
    case '/telemetry/trace': {
      const trace = node.traces.get(url.searchParams.get('promptId') ?? '')
      return json(trace ? 200 : 404, trace ?? {})
    }
    case '/system_stats':
      return json(200, {
        system: {},
        devices: [{ name: 'cuda:0 Test', type: 'cuda', index: 0, vram_total: 24e9, vram_free: 20e9 }],
      })
    default:
      return json(404, {})
  }
}

function info(node: ScriptedNode): object {
  return {
    protocols: [1],
    server: { name: 'scripted', version: '1' },
    source: node.source,
    epoch: node.epoch,
    seq: node.journal.length,
    simulated: node.simulated,
  }
}
