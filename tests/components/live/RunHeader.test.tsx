// @vitest-environment happy-dom
import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LivePage } from '../../../components/live/LivePage'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

// A busy machine takes its time; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 })

let live: LiveTelemetry

beforeEach(async () => {
  live = startLiveTelemetry('ws://localhost:9879/telemetry')
  const away = { period: null, dismiss: () => undefined }
  render(<LivePage server={null} isServerUnknown={false} away={away} />, { wrapper: live.wrapper })
  await expect
    .poll(() => live.telemetry.realtime.getSnapshot().connection.status, { timeout: 10_000 })
    .toBe('live')
})
afterEach(async () => {
  cleanup()
  await live.close()
})

const scene = (seq: number, sceneId: string, fields: object): object => ({
  type: 'update',
  seq,
  sceneId,
  runId: 'run-1',
  runName: 'Harbour',
  promptId: `prompt-${sceneId}`,
  sceneCount: 4,
  timestamp: Date.now(),
  ...fields,
})

describe('the head of a run of which nothing is on the server', () => {
  beforeEach(() =>
    act(() =>
      live.say(
        scene(1, 'scene-001', { status: 'completed', exitReason: 'success', duration: 9_000 }),
        scene(2, 'scene-002', { status: 'completed', exitReason: 'success', duration: 9_000 }),
        scene(3, 'scene-003', { status: 'failed', exitReason: 'error' }),
      ),
    ),
  )

  it('counts what was completed, names what failed, and promises no time', async () => {
    expect(await screen.findByRole('heading', { name: 'Harbour 2 of 4 scenes, 1 failed' })).toBeTruthy()
    expect(screen.getByText('No scene is queued at the moment')).toBeTruthy()
    expect(screen.getByText('2 completed · 1 failed · 1 not queued yet')).toBeTruthy()
  })

  it('says of one that was stopped what never came', async () => {
    act(() => live.say({ type: 'run', seq: 4, runId: 'run-1', event: 'stopped' }))
    expect(await screen.findByText('Stopped')).toBeTruthy()
    expect(screen.getByText('2 completed · 1 failed · 1 never queued')).toBeTruthy()
  })
})

describe('a run whose server is gone', () => {
  beforeEach(async () => {
    const done = { status: 'completed', exitReason: 'success', duration: 9_000 }
    act(() =>
      live.say(
        scene(1, 'scene-001', done),
        scene(2, 'scene-002', done),
        scene(3, 'scene-003', { status: 'executing', duration: 1_000 }),
        scene(4, 'scene-004', { status: 'queued' }),
      ),
    )
    expect(await screen.findByText(/^about .* left$/)).toBeTruthy()
    act(() => live.vanish())
  })

  it('keeps what was heard with its age, promises no time, and calls nothing executing', async () => {
    expect((await screen.findAllByText(/^as of /)).length).toBeGreaterThan(0)
    expect(screen.getByRole('heading', { name: 'Harbour 2 of 4 scenes' })).toBeTruthy()
    expect(screen.queryByText(/ left$/)).toBeNull()
    expect(screen.getByRole('listitem', { name: /^scene-003, was executing/ })).toBeTruthy()
    expect(screen.getByText(/1 was executing/)).toBeTruthy()
    expect(screen.queryByText('executing')).toBeNull()
  })

  it('has the loss among its events', async () => {
    const log = await screen.findByRole('region', { name: 'Event log' })
    await waitFor(() => expect(log.textContent).toContain('Connection lost.'))
  })
})

describe('what the page did not hear', () => {
  it('is not said to have not happened', async () => {
    expect(await screen.findByText('Nothing since this page was opened.')).toBeTruthy()
    expect(screen.queryByText(/Nothing happened/)).toBeNull()
  })

  it('stands among the events, with the run of each', async () => {
    act(() => live.say(scene(1, 'scene-001', { status: 'queued' })))
    const log = (): HTMLElement => screen.getByRole('region', { name: 'Event log' })
    await waitFor(() => expect(log().textContent).toContain('scene-001 queued · Harbour'))
    const at = Date.now()
    act(() => live.say({ type: 'gap', from: at, to: at + 5_000, samplesDropped: 3 }))
    await waitFor(() => expect(log().textContent).toMatch(/Missed .*No scene events lost\./))
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
  })
})
