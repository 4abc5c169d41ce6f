// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useNotificationChoice, useNotifications } from '../../../utils/hooks'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'
import { setVisibility } from '../../helpers/setVisibility'

/** The browser's part. */
class FakeNotification {
  static permission: NotificationPermission = 'default'
  static answer: NotificationPermission = 'granted'
  static readonly shown: FakeNotification[] = []
  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = FakeNotification.answer
    return Promise.resolve(FakeNotification.answer)
  }
  onclick: (() => void) | null = null
  readonly close = vi.fn()
  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    FakeNotification.shown.push(this)
  }
}

let live: LiveTelemetry

beforeEach(() => {
  localStorage.clear()
  FakeNotification.permission = 'default'
  FakeNotification.answer = 'granted'
  FakeNotification.shown.length = 0
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('Notification', FakeNotification)
  live = startLiveTelemetry()
})
afterEach(async () => {
  cleanup()
  vi.unstubAllGlobals()
  setVisibility('visible')
  await live.close()
})

function useBoth() {
  useNotifications()
  return useNotificationChoice()
}
async function turnOn() {
  const { result } = renderHook(useBoth, live)
  await waitFor(() => expect(live.telemetry.recording.getSnapshot().status).toBe('recording'))
  await waitFor(() => expect(live.telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
    timeout: 10_000,
  })
  await act(async () => result.current.choose(true))
  await waitFor(() => expect(result.current.isOn).toBe(true))
  return result
}
const fail = (seq = 1): void =>
  act(() =>
    live.say({
      type: 'update',
      seq,
      sceneId: 'scene-003',
      status: 'failed',
      exitReason: 'error',
      runId: 'r',
      runName: 'Night run',
      sceneCount: 2,
      promptId: `p-${seq}`,
      timestamp: Date.now(),
    }),
  )

describe('notifications', () => {
  it('are off until somebody turns them on, and the browser is asked only then', async () => {
    const { result } = renderHook(useBoth, live)
    expect(result.current).toMatchObject({ isOn: false, support: 'ask' })
    expect(FakeNotification.permission).toBe('default')
    await act(async () => result.current.choose(true))
    await waitFor(() => expect(result.current).toMatchObject({ isOn: true, support: 'granted' }))
    await act(async () => result.current.choose(false))
    expect(result.current.isOn).toBe(false)
  })

  it('tell a failed scene to who looks elsewhere; a click leads to the scene', async () => {
    await turnOn()
    setVisibility('hidden')
    fail()
    await waitFor(() => expect(FakeNotification.shown).toHaveLength(1))
    const [shown] = FakeNotification.shown
    expect(shown?.title).toBe('✗ scene-003 failed in Night run')
    shown?.onclick?.()
    expect(location.hash).toBe('#/run/r?scene=scene-003')
    expect(shown?.close).toHaveBeenCalled()
  })

  it('are for one tab of several: the one that does not record is silent', async () => {
    await turnOn()
    setVisibility('hidden')
    const { recording, realtime } = live.telemetry
    vi.spyOn(recording, 'getSnapshot').mockReturnValue({ status: 'standby' })
    fail()
    await waitFor(() => expect(realtime.getSnapshot().events).toHaveLength(1))
    vi.mocked(recording.getSnapshot).mockRestore()
    fail(2)
    await waitFor(() => expect(FakeNotification.shown).toHaveLength(1))
    expect(FakeNotification.shown[0]?.title).toBe('✗ scene-003 failed in Night run')
  })

  it('stay off when the browser refuses', async () => {
    FakeNotification.answer = 'denied'
    const { result } = renderHook(useBoth, live)
    await act(async () => result.current.choose(true))
    await waitFor(() => expect(result.current).toMatchObject({ isOn: false, support: 'denied' }))
  })

  it('are missed by nobody where only service workers may notify', async () => {
    await turnOn()
    const refuse = vi.fn(function () {
      throw new TypeError('Illegal constructor')
    })
    vi.stubGlobal('Notification', Object.assign(refuse, { permission: 'granted' }))
    setVisibility('hidden')
    fail()
    await waitFor(() => expect(refuse).toHaveBeenCalled())
  })
})
