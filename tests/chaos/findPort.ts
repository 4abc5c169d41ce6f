import { createServer } from 'node:net'

/** Below the ports that outgoing connections are given: a server that is down for a while keeps its own. */
const PORTS = { from: 12_000, to: 32_000 } as const

/** A port that nobody listens on, and that nobody is given meanwhile. */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = Math.floor(PORTS.from + Math.random() * (PORTS.to - PORTS.from))
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
