// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import DefaultExport, { TelemetryBadges } from '../../components/TelemetryBadges'
import type { RealtimeTelemetryUpdate, SceneTelemetryMetadata } from '../../types'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const SAVED: SceneTelemetryMetadata = {
  DurationSeconds: 92.4,
  HistoryAttempts: 14,
  HistoryExitReason: 'success',
  ExecutionSuccessDetected: true,
  HistoryPostExecutionTimeoutReached: false,
  MaxWaitSeconds: 600,
  PollIntervalSeconds: 2,
  HistoryAttemptLimit: 0,
  GPU: { Name: 'RTX 4090', VramBeforeMB: 20480, VramAfterMB: 8192, VramDeltaMB: -12288 },
  System: { FallbackNotes: ['used the CPU for upscaling'] },
}
const LIVE: RealtimeTelemetryUpdate = {
  sceneId: 'scene-1',
  timestamp: 1,
  status: 'executing',
  duration: 4_000,
  attempts: 2,
  gpuVramFree: 8.2 * 2 ** 30,
  gpuUtilization: 97,
  gpus: [{ index: 0, vramTotal: 24 * 2 ** 30 }],
}
const badge = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })

describe('the badges of static telemetry', () => {
  it('are those of Phase 2B, marked as saved', () => {
    render(<TelemetryBadges telemetry={SAVED} />)
    expect(screen.getByRole('heading', { name: 'Telemetry Metrics' })).toBeTruthy()
    expect(screen.getByText('Saved')).toBeTruthy()
    expect(badge('Duration: 1 minute 32 seconds, saved')).toBeTruthy()
    expect(badge('Poll Attempts: 14, saved')).toBeTruthy()
    expect(badge('Exit Reason: success, saved')).toBeTruthy()
    expect(badge('Execution Success: yes, saved')).toBeTruthy()
    expect(badge('Post-Exec Timeout: not reached, saved')).toBeTruthy()
    expect(badge('Attempt Limit: unlimited, saved')).toBeTruthy()
    expect(badge(/^VRAM Delta: -12.0.GB, saved$/)).toBeTruthy()
    expect(screen.getByText('used the CPU for upscaling')).toBeTruthy()
  })

  it('read camelCase, and numbers and booleans that came as strings', () => {
    render(
      <TelemetryBadges
        telemetry={{ durationSeconds: '8.5', executionSuccessDetected: 'false', historyAttempts: '3' }}
      />,
    )
    expect(badge('Duration: 8.5 seconds, saved')).toBeTruthy()
    expect(badge('Execution Success: no, saved')).toBeTruthy()
    expect(badge('Poll Attempts: 3, saved')).toBeTruthy()
  })

  it('have no badge for what is not known, and never show 0, NaN or -1 for it', () => {
    render(
      <TelemetryBadges
        telemetry={{ DurationSeconds: Number.NaN, HistoryAttempts: -1, MaxWaitSeconds: Infinity }}
      />,
    )
    expect(screen.queryAllByRole('button')).toEqual([])
    expect(screen.getByText('No telemetry data available.')).toBeTruthy()
  })

  it('survive whatever a file may hold instead', () => {
    for (const telemetry of [
      { GPU: null },
      { System: { FallbackNotes: 'x' } },
      { GPU: [1] },
      { __proto__: { DurationSeconds: 1 } },
    ])
      render(<TelemetryBadges telemetry={telemetry} />)
    expect(screen.queryAllByRole('button')).toEqual([])
  })
})

describe('the badges of a live scene', () => {
  it('replace the saved figures of the same meaning and say that they are live, and from where', () => {
    render(
      <TelemetryBadges
        telemetry={SAVED}
        realtimeTelemetry={LIVE}
        isStreaming
        lastUpdate={Date.now()}
        source="gpu-box"
      />,
    )
    expect(screen.getByText('Streaming…')).toBeTruthy()
    expect(badge('Duration: 4 seconds, live, from gpu-box')).toBeTruthy()
    expect(badge('Free VRAM: 8.2 of 24 gigabytes, live, from gpu-box')).toBeTruthy()
    expect(badge('GPU busy: 97 percent, live, from gpu-box')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: /^Duration/ })).toHaveLength(1)
    expect(badge('Max Wait: 10 minutes 0 seconds, saved')).toBeTruthy()
  })

  it('tell the age of the last update, and go stale when it is old', () => {
    vi.useFakeTimers({ now: 100_000 })
    render(<TelemetryBadges realtimeTelemetry={LIVE} isStreaming lastUpdate={100_000} />)
    expect(screen.getByText('Streaming…')).toBeTruthy()
    act(() => vi.advanceTimersByTime(14_000))
    expect(screen.getByText('Last update: 14 seconds ago')).toBeTruthy()
    expect(screen.getByText('Stale')).toBeTruthy()
  })

  it('say which try a reconnection is at, and when the next comes', () => {
    const connection = { status: 'reconnecting', attempt: 3, retryAt: Date.now() + 4_000 } as const
    render(
      <TelemetryBadges
        realtimeTelemetry={LIVE}
        isStreaming
        lastUpdate={Date.now()}
        connection={connection}
      />,
    )
    expect(screen.getByText(/^Reconnecting · try 3, next in 4.s$/)).toBeTruthy()
  })

  it('pulse when a figure changed, at most once a second, and never for a running clock', () => {
    vi.useFakeTimers({ now: 100_000 })
    const show = (fields: Partial<RealtimeTelemetryUpdate>) => (
      <TelemetryBadges realtimeTelemetry={{ ...LIVE, ...fields }} isStreaming lastUpdate={100_000} />
    )
    const pulses = (label: string): number =>
      screen.getByRole('button', { name: new RegExp(`^${label}`) }).querySelectorAll('[class*=tele-pulse]')
        .length
    const { rerender } = render(show({}))
    expect(pulses('GPU busy')).toBe(0)
    act(() => vi.advanceTimersByTime(1_500))
    rerender(show({ gpuUtilization: 90, duration: 5_000 }))
    expect(pulses('GPU busy')).toBe(1)
    expect(pulses('Duration')).toBe(0)
  })

  it('show the source to whoever reaches a badge by keyboard', async () => {
    render(<TelemetryBadges realtimeTelemetry={LIVE} source="gpu-box" />)
    await userEvent.tab()
    const focused = document.activeElement
    const tip = document.getElementById(focused?.getAttribute('aria-describedby') ?? '')
    expect(tip?.textContent).toBe('Live from gpu-box')
  })

  it('end with the reason read out', () => {
    render(
      <TelemetryBadges
        realtimeTelemetry={{
          ...LIVE,
          status: 'failed',
          exitReason: 'outOfMemory',
          error: { type: 't', message: 'm', nodeType: 'KSampler' },
        }}
      />,
    )
    expect(
      badge('Status: Ran out of GPU memory in KSampler. Try a smaller batch or size., live'),
    ).toBeTruthy()
  })
})

it('the badges are the default export too, as in Phase 2B', () => expect(DefaultExport).toBe(TelemetryBadges))
