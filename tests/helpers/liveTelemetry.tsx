import { Server, WebSocket as MockSocket } from 'mock-socket'
import type { ReactNode } from 'react'
import { createTelemetry, type TelemetryCore } from '../../services/createTelemetry'
import { TelemetryProvider } from '../../utils/hooks'
import { freshIndexedDB } from './fakeIndexedDB'

/** A telemetry in the page, and the server that it listens to. Closed by the test that made it. */
export interface LiveTelemetry {
  readonly telemetry: TelemetryCore
  say(...messages: object[]): void
  /** Ends the connection; the next one is greeted by another journal. */
  restart(): void
  /** Ends the connection for good. */
  vanish(): void
  wrapper(props: { readonly children: ReactNode }): ReactNode
  close(): Promise<void>
}

/** `url` is a `ws:` address that no other test of the file uses at the time. */
export function startLiveTelemetry(url = 'ws://localhost:9877/telemetry'): LiveTelemetry {
  const server = new Server(url)
  const hello = {
    type: 'hello',
    protocol: 1,
    server: { name: 'mock' },
    source: 'mock',
    seq: 0,
    now: Date.now(),
    heartbeatMs: 60_000,
    intervalMs: 250,
  }
  let epoch = 'e'
  let say: LiveTelemetry['say'] = () => undefined
  server.on('connection', (socket) => {
    say = (...messages) => socket.send(JSON.stringify(messages))
    say({ ...hello, epoch }, { type: 'state', prompts: [] })
  })
  const hangUp = (): void => server.clients().forEach((socket) => socket.close())
  const telemetry = createTelemetry({
    comfyUrl: url,
    WebSocket: MockSocket,
    indexedDB: freshIndexedDB(),
    fetch: () => Promise.resolve(new Response('{}', { status: 404 })),
  })
  return {
    telemetry,
    say: (...messages) => say(...messages),
    restart() {
      epoch += 'e'
      hangUp()
    },
    vanish() {
      hangUp()
      server.stop()
    },
    wrapper: ({ children }) => <TelemetryProvider telemetry={telemetry}>{children}</TelemetryProvider>,
    async close() {
      await telemetry.dispose()
      server.stop()
    },
  }
}
