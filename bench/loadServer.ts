import { createServer } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'

/** A node that sends as much as it is told to, and nothing else. Whoever started it closes it. */
export interface LoadServer {
  readonly url: string
  /** Begins to send a sample of each named scene every `intervalMs`. */
  send(scenes: readonly string[], intervalMs: number): void
  /** Begins to send samples of all scenes in turn, `perFrame` in one frame; what the timer was late with is sent at once. */
  flood(load: Load): void
  /** How many messages the flood has sent. */
  sent(): number
  /** Sends nothing any more; the sockets stay open. */
  fallSilent(): void
  close(): Promise<void>
}

export interface Load {
  readonly perSecond: number
  readonly perFrame: number
  /** After so many samples every scene ends and a new run of as many begins; default: never. */
  readonly perRun?: number
}

const SCENES = 100
/** Where a server's timers can still keep up. */
const FLOOD_TICK_MS = 5

export async function startLoadServer(): Promise<LoadServer> {
  const clients = new Set<WebSocket>()
  const info = { protocols: [1], server: { name: 'load' }, source: 'load', epoch: 'e', seq: SCENES }
  const http = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.url?.startsWith('/telemetry/trace')) return void response.writeHead(404).end()
    response.end(
      JSON.stringify(request.url?.startsWith('/telemetry/info') ? info : { epoch: 'e', events: begun() }),
    )
  })
  const acceptor = new WebSocketServer({ server: http })
  acceptor.on('connection', (client) => {
    clients.add(client)
    client.on('close', () => clients.delete(client))
    const hello = {
      type: 'hello',
      protocol: 1,
      server: { name: 'load' },
      source: 'load',
      epoch: 'e',
      seq: SCENES,
      now: Date.now(),
    }
    client.send(JSON.stringify([hello, { type: 'state', prompts: begun() }]))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  let timer: ReturnType<typeof setInterval> | undefined
  let flooding: Flood | undefined
  const sendAll = (messages: readonly object[]): void => {
    const frame = JSON.stringify(messages)
    for (const client of clients) client.send(frame)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    send(scenes, intervalMs) {
      clearInterval(timer)
      let step = 0
      timer = setInterval(() => {
        step += 1
        sendAll(scenes.map((sceneId) => sample(sceneId, step)))
      }, intervalMs)
    },
    flood(load) {
      clearInterval(timer)
      const flood = (flooding = createFlood(load))
      const from = performance.now()
      timer = setInterval(() => {
        const due = ((performance.now() - from) * load.perSecond) / 1_000
        while (flood.sent() + load.perFrame <= due) sendAll(flood.next())
      }, FLOOD_TICK_MS)
    },
    sent: () => flooding?.sent() ?? 0,
    fallSilent: () => clearInterval(timer),
    async close() {
      clearInterval(timer)
      for (const client of clients) client.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

interface Flood {
  next(): readonly object[]
  sent(): number
}

function createFlood({ perFrame, perRun = Infinity }: Load): Flood {
  let sent = 0
  let seq = SCENES
  let runId = 'bench'
  const turn = (): readonly object[] => {
    const ended = { status: 'completed', exitReason: 'success' }
    const last = all(runId).map((scene) => ({ ...scene, ...ended, seq: (seq += 1) }))
    runId = `bench-${sent / perRun}`
    return [...last, ...all(runId).map((scene) => ({ ...scene, seq: (seq += 1) }))]
  }
  return {
    sent: () => sent,
    next() {
      const turned = sent > 0 && sent % perRun === 0 ? turn() : []
      const samples = Array.from({ length: perFrame }, (_, i) =>
        sample(`scene-${(sent + i) % SCENES}`, Math.floor(sent / SCENES), runId),
      )
      sent += perFrame
      return [...turned, ...samples]
    },
  }
}

const all = (runId?: string): readonly object[] =>
  Array.from({ length: SCENES }, (_, i) => sample(`scene-${i}`, 0, runId))

const begun = (): readonly object[] => all().map((scene, i) => ({ ...scene, seq: i + 1 }))

const sample = (sceneId: string, step: number, runId = 'bench'): object => ({
  type: 'update',
  runId,
  sceneId,
  promptId: `prompt-${runId}-${sceneId}`,
  status: 'executing',
  timestamp: Date.now(),
  duration: step * 100,
  attempts: 1,
  gpuVramFree: 8e9 + step,
  gpuUtilization: step % 100,
  progress: { value: step % 30, max: 30, nodeId: '4', nodeType: 'KSampler' },
})
