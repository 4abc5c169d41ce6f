import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** A stock ComfyUI whose queue and history a test fills. Closed by the test that made it. */
export interface StockServer {
  readonly url: string
  /** Queue items: [number, promptId, graph, extraData, outputs]. */
  running: unknown[]
  pending: unknown[]
  /** Oldest first. */
  readonly history: Map<string, unknown>
  devices: object[]
  /** The next sockets that are not in the server's table: they open and hear nothing. */
  deaf: number
  /** Ids of the sockets that were opened, in order. */
  readonly opened: string[]
  readonly sockets: Set<WebSocket>
  /** How often each path was asked for, without its query. */
  readonly asked: Map<string, number>
  say(type: string, data: object): void
  /** Says how long the queue is. */
  status(): void
  close(): Promise<void>
}

export async function startStockServer(): Promise<StockServer> {
  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    server.asked.set(url.pathname, (server.asked.get(url.pathname) ?? 0) + 1)
    const body = answerOf(server, url)
    response
      .writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}))
  })
  const acceptor = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== '/ws') return void socket.destroy()
    acceptor.handleUpgrade(request, socket, head, (client) => {
      server.opened.push(url.searchParams.get('clientId') ?? '')
      client.on('error', () => undefined)
      client.on('close', () => server.sockets.delete(client))
      server.sockets.add(client)
      const isDeaf = server.deaf > 0
      server.deaf -= 1
      client.on('message', () => isDeaf || client.send('{"type":"feature_flags","data":{}}'))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const server: StockServer = {
    url: `http://127.0.0.1:${port}`,
    running: [],
    pending: [],
    history: new Map(),
    devices: [{ name: 'cuda:0 Test', type: 'cuda', index: 0, vram_total: 24e9, vram_free: 20e9 }],
    deaf: 0,
    opened: [],
    sockets: new Set(),
    asked: new Map(),
    say: (type, data) => server.sockets.forEach((socket) => socket.send(JSON.stringify({ type, data }))),
    status: () => {
      const remaining = server.running.length + server.pending.length
      server.say('status', { status: { exec_info: { queue_remaining: remaining } } })
    },
    async close() {
      for (const socket of server.sockets) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return server
}

function answerOf(server: StockServer, { pathname, searchParams: query }: URL): unknown {
  if (pathname === '/queue') return { queue_running: server.running, queue_pending: server.pending }
  if (pathname === '/system_stats') return { system: { comfyui_version: '0.3.64' }, devices: server.devices }
  const entries = [...server.history]
  const [, promptId] = /^\/history\/(.+)$/.exec(pathname) ?? []
  if (promptId) return Object.fromEntries(entries.filter(([id]) => id === promptId))
  if (pathname !== '/history') return undefined
  const max = Number(query.get('max_items'))
  const offset = query.has('offset') ? Number(query.get('offset')) : Math.max(0, entries.length - max)
  return Object.fromEntries(entries.slice(offset, offset + max))
}

/** A queue item with labels. */
export const itemOf = (promptId: string, sceneId: string, number = 1, extra: object = {}): unknown[] => [
  number,
  promptId,
  { 1: { class_type: 'KSampler', inputs: {} } },
  { telemetry: { runId: 'run', sceneId, ...extra } },
  [],
]

/** The history entry of an item that succeeded. */
export const entryOf = (item: unknown[], startedAt: number, ms = 1_000): object => ({
  prompt: item,
  outputs: {},
  status: {
    status_str: 'success',
    completed: true,
    messages: [
      ['execution_start', { prompt_id: item[1], timestamp: startedAt }],
      ['execution_cached', { prompt_id: item[1], nodes: [], timestamp: startedAt }],
      ['execution_success', { prompt_id: item[1], timestamp: startedAt + ms }],
    ],
  },
})
