import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { parseTarget, send, type Answer } from './answer'
import { listen, unlisten } from './listen'
import { readRecording, type Recording } from './recording'

export interface Replay {
  readonly url: string
  readonly recording: Recording
  /** Of the recording, ms; it begins with the first `/ws` client. */
  now(): number
  close(): Promise<void>
}

/**
 * Plays a recording of a stock server from the moment its first `/ws` client comes: frames at their times, to each client what it
 * was sent then; `/history`, `/queue` and `/system_stats` answer as they did. There is no `/telemetry` in it. Throws when the
 * folder holds no recording.
 */
export async function createReplay(options: {
  readonly folder: string
  readonly port: number
  readonly pace?: number
}): Promise<Replay> {
  const { folder, port, pace = 1 } = options
  const recording = readRecording(folder)
  let began: number | undefined
  const now = (): number => (began === undefined ? 0 : (performance.now() - began) / pace)
  const server = createServer((request, response) => {
    const target = parseTarget(request.url)
    const json = target && answerOf(recording, target.path, target.query, now())
    const answer: Answer = json
      ? { status: 200, json }
      : { status: 404, json: { error: 'Not in the recording.' } }
    send(response, answer)
  })
  const acceptor = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined)
    const target = parseTarget(request.url)
    if (target?.path !== '/ws') return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    acceptor.handleUpgrade(request, socket, head, (client) => {
      const since = now()
      began ??= performance.now()
      const due = recording.frames(target.query.get('clientId') ?? '').filter(({ at }) => at >= since)
      const stop = playFrames(due, since, pace, (text) => client.send(JSON.stringify(text)))
      client.on('message', (data) => {
        if (String(data).includes('feature_flags')) client.send('{"type":"feature_flags","data":{}}')
      })
      client.on('error', () => undefined)
      client.on('close', stop)
    })
  })
  const listening = await listen(server, port)
  return {
    url: `http://127.0.0.1:${listening}`,
    recording,
    now,
    async close() {
      for (const client of acceptor.clients) client.terminate()
      await unlisten(server)
    },
  }
}

/** Sends each frame at its time, in their order, by one timer: of several that are due at once none says which comes first. */
function playFrames(
  frames: ReturnType<Recording['frames']>,
  since: number,
  pace: number,
  send: (text: unknown) => void,
): () => void {
  const began = performance.now()
  let next = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const step = (): void => {
    const passed = performance.now() - began
    for (let frame = frames[next]; frame; frame = frames[++next]) {
      const wait = (frame.at - since) * pace - passed
      if (wait > 0) return void (timer = setTimeout(step, wait))
      send(frame.text)
    }
  }
  step()
  return () => clearTimeout(timer)
}

function answerOf(recording: Recording, path: string, query: URLSearchParams, at: number): unknown {
  if (path === '/queue') return recording.queue(at)
  if (path === '/system_stats') return recording.stats(at)
  const entries = recording.history(at)
  if (path === '/history') {
    const max = Number(query.get('max_items')) || entries.length
    const offset = query.has('offset') ? Number(query.get('offset')) : Math.max(0, entries.length - max)
    return Object.fromEntries(entries.slice(offset, offset + max))
  }
  const [, promptId] = /^\/history\/(.+)$/.exec(path) ?? []
  return promptId && Object.fromEntries(entries.filter(([id]) => id === promptId))
}
