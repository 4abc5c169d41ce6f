import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import { parseTarget, send, type Answer } from './answer'

export interface Replay {
  readonly url: string
  close(): Promise<void>
}

interface Recorded {
  readonly at: number
  readonly text?: unknown
  readonly body?: unknown
}

/**
 * Plays a recording of a stock server: each `/ws` client gets the recorded frames from their beginning, at their times; `/history`,
 * `/queue` and `/system_stats` answer as they did. There is no `/telemetry` in it. Throws when the folder holds no recording.
 */
export async function createReplay(options: {
  readonly folder: string
  readonly port: number
  readonly pace?: number
}): Promise<Replay> {
  const { folder, port, pace = 1 } = options
  const frames = readLines(join(folder, 'ws.jsonl'))
  const stats = readLines(join(folder, 'system-stats.jsonl'))
  const history: unknown = JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8'))
  const queue: unknown = JSON.parse(readFileSync(join(folder, 'queue.json'), 'utf8'))
  const began = Date.now()
  const routes: Readonly<Record<string, () => unknown>> = {
    '/history': () => history,
    '/queue': () => queue,
    '/system_stats': () =>
      stats.findLast(({ at }) => at * pace <= Date.now() - began)?.body ?? stats[0]?.body,
  }
  const server = createServer((request, response) => {
    const pathname = parseTarget(request.url)?.path ?? ''
    const known = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined
    const answer: Answer = known
      ? { status: 200, json: known() }
      : { status: 404, json: { error: 'Not in the recording.' } }
    send(response, answer)
  })
  const acceptor = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    if (parseTarget(request.url)?.path !== '/ws')
      return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    acceptor.handleUpgrade(request, socket, head, (client) => {
      const timers = frames.map(({ at, text }) =>
        setTimeout(() => client.send(JSON.stringify(text)), at * pace),
      )
      client.on('error', () => undefined)
      client.on('close', () => timers.forEach(clearTimeout))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const listening = address !== null && typeof address !== 'string' ? address.port : port
  return {
    url: `http://127.0.0.1:${listening}`,
    async close() {
      for (const client of acceptor.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readLines(path: string): readonly Recorded[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Recorded => JSON.parse(line))
}
