// @vitest-environment happy-dom
import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { Server, WebSocket as MockSocket } from 'mock-socket'
import { memo, Profiler, type ComponentProps } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LivePage } from '../../../components/live/LivePage'
import type * as cards from '../../../components/live/SceneCard'
import { createTelemetry, type TelemetryCore } from '../../../services/createTelemetry'
import { TelemetryProvider } from '../../../utils/hooks'
import { freshIndexedDB } from '../../helpers/fakeIndexedDB'

const rendered = vi.hoisted(() => new Map<string, number>())

// The card itself, with a counter around it.
vi.mock(import('../../../components/live/SceneCard'), async (original) => {
  const { SceneCard } = await original()
  const Counted = (props: ComponentProps<typeof cards.SceneCard>) => (
    <Profiler id={props.sceneKey} onRender={(key) => void rendered.set(key, (rendered.get(key) ?? 0) + 1)}>
      <SceneCard {...props} />
    </Profiler>
  )
  return { SceneCard: memo(Counted) }
})

const URL = 'ws://localhost:9877/telemetry'
const SCENES = Array.from({ length: 100 }, (_, i) => `scene-${String(i + 1).padStart(3, '0')}`)
const HELLO = {
  type: 'hello',
  protocol: 1,
  server: { name: 'mock' },
  source: 'mock',
  epoch: 'e',
  seq: 0,
  now: Date.now(),
}
const update = (sceneId: string, fields: object): object => ({
  type: 'update',
  sceneId,
  runId: 'run-1',
  promptId: `prompt-${sceneId}`,
  status: 'executing',
  timestamp: Date.now(),
  ...fields,
})
const steps = (value: number) => ({ progress: { nodeId: '4', nodeType: 'KSampler', value, max: 30 } })

// A busy machine takes its time; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 })

let server: Server
let telemetry: TelemetryCore
let say: (...messages: object[]) => void

beforeEach(async () => {
  server = new Server(URL)
  server.on('connection', (socket) => {
    say = (...messages) => socket.send(JSON.stringify(messages))
    say(HELLO, { type: 'state', prompts: [] })
  })
  telemetry = createTelemetry({
    comfyUrl: URL,
    WebSocket: MockSocket,
    indexedDB: freshIndexedDB(),
    fetch: () => Promise.reject(new TypeError('Nothing but the stream is served here.')),
  })
  render(
    <TelemetryProvider telemetry={telemetry}>
      <LivePage server={null} isServerUnknown={false} away={{ period: null, dismiss: () => undefined }} />
    </TelemetryProvider>,
  )
  await waitFor(() => expect(telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
    timeout: 10_000,
  })
  act(() =>
    say(
      ...SCENES.map((sceneId, i) =>
        update(sceneId, { seq: i + 1, environment: { workflowHash: 'w' }, ...steps(1) }),
      ),
    ),
  )
  await waitFor(() => expect(screen.getAllByText('KSampler 1 of 30')).toHaveLength(100))
  await waitFor(() => expect(telemetry.recording.getSnapshot().status).toBe('recording'))
  rendered.clear()
})
afterEach(async () => {
  cleanup()
  await telemetry.dispose()
  server.stop()
})

describe('of a hundred cards on the Live page', () => {
  it('a sample renders the one of its scene, and none else', async () => {
    act(() => say(update('scene-042', steps(2))))
    await screen.findByText('KSampler 2 of 30')
    expect(Object.fromEntries(rendered)).toEqual({ 'run-1\u0000scene-042': 1 })
  })

  it('the end of a scene renders the one of it, though all ask again what scenes like them take', async () => {
    const ask = vi.spyOn(telemetry.history, 'expectedTime')
    act(() => say(update('scene-042', { seq: 101, status: 'failed', exitReason: 'error' })))
    await screen.findByRole('listitem', { name: /^scene-042, failed/ })
    await waitFor(() => expect(ask.mock.calls.length).toBeGreaterThanOrEqual(99))
    await act(() => Promise.all(ask.mock.results.map(({ value }) => value)))
    expect([...rendered.keys()]).toEqual(['run-1\u0000scene-042'])
  })
})
