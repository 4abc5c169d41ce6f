// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AwayCard } from '../../components/live/AwayCard'
import type { HistoricalRun } from '../../types'
import { useAway } from '../../utils/hooks'
import { startLiveTelemetry, type LiveTelemetry } from '../helpers/liveTelemetry'
import { setVisibility } from '../helpers/setVisibility'

const HOUR = 3_600_000
const LAST_LOOK = 'gemdirect1-telemetry.lastLook'

let live: LiveTelemetry
beforeEach(async () => {
  localStorage.clear()
  live = startLiveTelemetry()
  await waitFor(() => expect(live.telemetry.realtime.getSnapshot().connection.status).toBe('live'), {
    timeout: 10_000,
  })
})
afterEach(async () => {
  cleanup()
  vi.restoreAllMocks()
  setVisibility('visible')
  await live.close()
})

const ended = (runId: string, at: number): HistoricalRun => ({
  runId,
  runName: 'Night run',
  timestamp: at - 60_000,
  endedAt: at,
  status: 'completed',
  fallbackCount: 0,
  scenes: [
    { sceneId: 'scene-001', attempts: 1, status: 'success', exitReason: 'success' },
    { sceneId: 'scene-003', attempts: 2, status: 'failed', exitReason: 'outOfMemory' },
  ],
})
function Page() {
  const { period, dismiss } = useAway()
  return (
    <main id="main" tabIndex={-1}>
      {period && <AwayCard key={period.to} period={period} onDismiss={dismiss} />}
    </main>
  )
}
const card = (): Promise<HTMLElement> =>
  screen.findByRole('region', { name: /^While you were away/ }, { timeout: 5_000 })

describe('the summary of what happened while nobody looked', () => {
  it('is there when the page is opened, from the history alone', async () => {
    localStorage.setItem(LAST_LOOK, String(Date.now() - 3 * HOUR))
    await live.telemetry.history.saveRun(ended('new', Date.now() - HOUR))
    await live.telemetry.history.saveRun(ended('old', Date.now() - 5 * HOUR))
    render(<Page />, live)
    expect((await card()).textContent).toContain('1 run ended, 1 of 2 scenes completed, 1 failed.')
    expect(screen.getByRole('link', { name: 'scene-003 of Night run' }).getAttribute('href')).toBe(
      '#/run/new?scene=scene-003',
    )
    expect(screen.getByRole('link', { name: 'Night run' }).getAttribute('href')).toBe('#/run/new')
  })

  it('comes when the page comes back after a minute or more, not sooner', async () => {
    const now = vi.spyOn(Date, 'now')
    const start = performance.timeOrigin + performance.now()
    now.mockReturnValue(start)
    render(<Page />, live)
    act(() => setVisibility('hidden'))
    now.mockReturnValue(start + 59_000)
    act(() => setVisibility('visible'))
    expect(Number(localStorage.getItem(LAST_LOOK))).toBe(start + 59_000)
    await live.telemetry.history.saveRun(ended('new', start + 100_000))
    act(() => setVisibility('hidden'))
    now.mockReturnValue(start + 59_000 + 120_000)
    act(() => setVisibility('visible'))
    now.mockRestore()
    expect((await card()).textContent).toContain('1 run ended')
  })

  it('can be dismissed, and the focus is not lost with it', async () => {
    localStorage.setItem(LAST_LOOK, String(Date.now() - 3 * HOUR))
    await live.telemetry.history.saveRun(ended('new', Date.now() - HOUR))
    render(<Page />, live)
    await card()
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('region')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('main'))
  })

  it('changes no more once it is there', async () => {
    localStorage.setItem(LAST_LOOK, String(Date.now() - 3 * HOUR))
    await live.telemetry.history.saveRun(ended('new', Date.now() - HOUR))
    render(<Page />, live)
    const words = (await card()).textContent
    const query = vi.spyOn(live.telemetry.history, 'getRuns')
    await act(() => live.telemetry.history.saveRun(ended('newer', Date.now() - HOUR / 2)))
    await waitFor(() => expect(query).toHaveResolved(), { timeout: 5_000 })
    expect((await card()).textContent).toBe(words)
  })
})
