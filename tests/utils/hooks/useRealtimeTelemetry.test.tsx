// @vitest-environment happy-dom
import { act, cleanup, configure, render, renderHook, screen, waitFor } from '@testing-library/react'
import { Server, WebSocket as MockSocket } from 'mock-socket'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTelemetry, type TelemetryCore } from '../../../services/createTelemetry'
import { TelemetryProvider, useRealtimeTelemetry } from '../../../utils/hooks'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const URL = 'ws://localhost:9876/telemetry'
const HELLO = {
  type: 'hello',
  protocol: 1,
  server: { name: 'mock' },
  source: 'mock',
  epoch: 'e',
  seq: 0,
  now: Date.now(),
  heartbeatMs: 5_000,
  intervalMs: 250,
}
const sample = (sceneId: string, duration: number): object => ({
  type: 'update',
  sceneId,
  runId: 'run-1',
  promptId: `prompt-${sceneId}`,
  status: 'executing',
  timestamp: Date.now(),
  duration,
})

// A busy machine takes its time; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 })

let server: Server
let telemetry: TelemetryCore
let say: (...messages: object[]) => void

beforeEach(() => {
  server = new Server(URL)
  server.on('connection', (socket) => {
    say = (...messages) => socket.send(JSON.stringify(messages))
    say(HELLO, { type: 'state', prompts: [] })
  })
  telemetry = createTelemetry({ comfyUrl: URL, WebSocket: MockSocket, indexedDB: freshIndexedDB() })
})
afterEach(async () => {
  cleanup()
  await telemetry.dispose()
  server.stop()
})

const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <StrictMode>
    <TelemetryProvider telemetry={telemetry}>{children}</TelemetryProvider>
  </StrictMode>
)

describe('useRealtimeTelemetry', () => {
  it('names the provider when there is none', () => {
    expect(() => renderHook(() => useRealtimeTelemetry())).toThrow(/TelemetryProvider/)
  })

  it('shows what the stream tells, and that it streams', async () => {
    const { result } = renderHook(() => useRealtimeTelemetry({ sceneId: 'a' }), { wrapper })
    await waitFor(() => expect(result.current.connection.status).toBe('live'), { timeout: 10_000 })
    act(() => say({ ...sample('a', 0), seq: 1 }))
    await waitFor(() => expect(result.current.telemetry?.sceneId).toBe('a'))
    expect(result.current.isStreaming).toBe(true)
    expect(result.current.error).toBeNull()
    expect(result.current.lastUpdate).toBeGreaterThan(0)
  })

  it('is empty while it is not enabled', async () => {
    const { result } = renderHook(() => useRealtimeTelemetry({ enabled: false }), { wrapper })
    expect(result.current).toMatchObject({
      telemetry: null,
      isStreaming: false,
      connection: { status: 'idle' },
    })
  })

  it('renders a scene for its own updates alone', async () => {
    const commits: Record<string, number> = { a: 0, b: 0 }
    function Scene({ id }: { readonly id: string }) {
      const { telemetry: update } = useRealtimeTelemetry({ sceneId: id, bufferMs: 0 })
      commits[id] = (commits[id] ?? 0) + 1
      return <output aria-label={id}>{update?.duration ?? 'nothing'}</output>
    }
    render(
      <TelemetryProvider telemetry={telemetry}>
        <Scene id="a" />
        <Scene id="b" />
      </TelemetryProvider>,
    )
    await waitFor(() => expect(telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
      timeout: 10_000,
    })
    act(() => say({ ...sample('a', 0), seq: 1 }, { ...sample('b', 0), seq: 2 }))
    await waitFor(() => expect(screen.getByRole('status', { name: 'b' }).textContent).toBe('0'))
    const before = commits.b
    for (const duration of [100, 200, 300]) {
      act(() => say(sample('a', duration)))
      await waitFor(() =>
        expect(screen.getByRole('status', { name: 'a' }).textContent).toBe(String(duration)),
      )
    }
    expect(commits.b).toBe(before)
  })

  it('leaves nothing on the server after a hundred mounts in StrictMode and a dispose', async () => {
    for (let n = 0; n < 100; n += 1) renderHook(() => useRealtimeTelemetry(), { wrapper }).unmount()
    await waitFor(() => expect(telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
      timeout: 10_000,
    })
    expect(server.clients()).toHaveLength(1)
    await telemetry.dispose()
    await waitFor(() => expect(server.clients()).toHaveLength(0))
  })
})
