import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { Random } from '../../services/shared/createRandom'
import { CALM, type FrameFault, type HttpFault, type WireFaults } from './faultPlan'

/** The wire between client and server, which does to whole frames and answers what it is told to. Closed by whoever made it. */
export interface ChaosProxy {
  readonly url: string
  setFaults(faults: WireFaults): void
  /** Cuts every stream. */
  cut(): void
  /** Faults that were done, by name. */
  readonly done: Readonly<Record<string, number>>
  close(): Promise<void>
}

export async function createChaosProxy(upstream: () => string, random: Random): Promise<ChaosProxy> {
  let faults = CALM
  const done: Record<string, number> = {}
  const clients = new Set<WebSocket>()
  const choose = <T extends string>(shares: Readonly<Record<T, number>>): T | undefined => {
    let dice = random.next()
    for (const name in shares) if ((dice -= shares[name]) < 0) return note(name)
    return undefined
  }
  const note = <T extends string>(name: T): T => {
    done[name] = (done[name] ?? 0) + 1
    return name
  }
  const http = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    const fault = request.method === 'GET' ? choose(faults.http) : undefined
    passOn(upstream(), request, response, fault, random).catch(() => response.destroy())
  })
  const acceptor = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    acceptor.handleUpgrade(request, socket, head, (client) => {
      clients.add(client)
      client.on('close', () => clients.delete(client))
      join(client, `${upstream().replace('http', 'ws')}${request.url}`, () => choose(faults.frame), random)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    setFaults: (next) => void (faults = next),
    cut: () => clients.forEach((client) => client.terminate()),
    done,
    async close() {
      for (const client of clients) client.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** Ties a client to the server, in order as TCP does, but for the frames that a fault takes out of it. */
function join(client: WebSocket, address: string, fault: () => FrameFault | undefined, random: Random): void {
  const server = new WebSocket(address)
  let held: string | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const tell = (text: string): void => {
    if (client.readyState === client.OPEN) client.send(text)
    if (held === undefined) return
    const late = held
    held = undefined
    tell(late)
  }
  const deeds: Readonly<Record<FrameFault, (text: string) => unknown>> = {
    drop: () => undefined,
    duplicate: (text) => [tell(text), tell(text)],
    swap: (text) => (held === undefined ? (held = text) : tell(text)),
    delay: (text) =>
      new Promise((resolve) => setTimeout(resolve, random.between(100, 3_000))).then(() => tell(text)),
    truncate: (text) => tell(text.slice(0, Math.floor(text.length * random.next()))),
    corrupt: (text) => tell(spoil(text, random)),
    cut: () => client.terminate(),
  }
  server.on('message', (data) => {
    const text = String(data)
    turn = turn.then(() => {
      const chosen = fault()
      return chosen ? deeds[chosen](text) : tell(text)
    })
  })
  client.on('message', (data) => server.readyState === server.OPEN && server.send(String(data)))
  const end = (): void => {
    server.terminate()
    void turn.then(() => client.terminate())
  }
  for (const socket of [client, server]) socket.on('close', end).on('error', end)
}

/** A byte that no JSON has there: what a broken wire makes of a text is not another text that means something. */
function spoil(text: string, random: Random): string {
  const place = Math.floor(text.length * random.next())
  return `${text.slice(0, place)}\u0001${text.slice(place + 1)}`
}

async function passOn(
  base: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: HttpFault | undefined,
  random: Random,
): Promise<void> {
  if (fault === 'refuse') return void response.destroy()
  if (fault === 'status') return void response.writeHead(500).end('{}')
  if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, random.between(500, 6_000)))
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const answer = await fetch(`${base}${request.url}`, {
    method: request.method ?? 'GET',
    ...(chunks.length > 0
      ? { body: Buffer.concat(chunks), headers: { 'content-type': 'application/json' } }
      : {}),
  })
  const body = Buffer.from(await answer.arrayBuffer())
  const part = body.subarray(0, Math.floor(body.length * random.next()))
  const type = { 'content-type': answer.headers.get('content-type') ?? 'application/json' }
  if (fault === 'truncate') return void response.writeHead(answer.status, type).end(part)
  response.writeHead(answer.status, { ...type, 'content-length': body.length })
  if (fault !== 'cut') return void response.end(body)
  response.write(part, () => response.destroy())
}
