import { createServer } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'

/** A node that sends as much as it is told to, and nothing else. Whoever started it closes it. */
export interface LoadServer {
  readonly url: string
  /** Begins to send a sample of each named scene every `intervalMs`. */
  send(scenes: readonly string[], intervalMs: number): void
  close(): Promise<void>
}

const SCENES = 100

export async function startLoadServer(): Promise<LoadServer> {
  const clients = new Set<WebSocket>()
  const info = { protocols: [1], server: { name: 'load' }, source: 'load', epoch: 'e', seq: SCENES }
  const http = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
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
  return {
    url: `http://127.0.0.1:${port}`,
    send(scenes, intervalMs) {
      clearInterval(timer)
      let step = 0
      timer = setInterval(() => {
        step += 1
        const frame = JSON.stringify(scenes.map((sceneId) => sample(sceneId, step)))
        for (const client of clients) client.send(frame)
      }, intervalMs)
    },
    async close() {
      clearInterval(timer)
      for (const client of clients) client.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

const begun = (): readonly object[] =>
  Array.from({ length: SCENES }, (_, i) => ({ ...sample(`scene-${i}`, 0), seq: i + 1 }))

const sample = (sceneId: string, step: number): object => ({
  type: 'update',
  runId: 'bench',
  sceneId,
  promptId: `prompt-${sceneId}`,
  status: 'executing',
  timestamp: Date.now(),
  duration: step * 100,
  attempts: 1,
  gpuVramFree: 8e9 + step,
  gpuUtilization: step % 100,
  progress: { value: step % 30, max: 30, nodeId: '4', nodeType: 'KSampler' },
})
