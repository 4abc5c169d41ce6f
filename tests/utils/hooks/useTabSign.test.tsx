// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useTabSign } from '../../../utils/hooks'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'
import { setVisibility } from '../../helpers/setVisibility'

let live: LiveTelemetry
let seq: number

beforeEach(() => {
  seq = 0
  document.head.innerHTML = '<link rel="icon" href="data:image/svg+xml,static">'
  live = startLiveTelemetry()
})
afterEach(async () => {
  cleanup()
  setVisibility('visible')
  await live.close()
})

const icon = (): string => decodeURIComponent(document.querySelector<HTMLLinkElement>('link')?.href ?? '')
async function tell(sceneId: string, status: string, fields: object = {}): Promise<void> {
  const { realtime } = live.telemetry
  await waitFor(() => expect(realtime.getSnapshot().connection.status).toBe('live'), { timeout: 10_000 })
  seq += 1
  act(() =>
    live.say({
      type: 'update',
      seq,
      sceneId,
      status,
      runId: 'r',
      runName: 'Night run',
      sceneCount: 2,
      promptId: `p-${sceneId}`,
      timestamp: Date.now(),
      ...fields,
    }),
  )
}
const title = (words: string): Promise<void> =>
  vi.waitFor(() => expect(document.title).toBe(words), { timeout: 5_000 })

describe('the tab of the dashboard', () => {
  it('names the page, and gives the icon back when it goes', async () => {
    const { unmount } = renderHook(() => useTabSign('History'), live)
    expect(document.title).toBe('History · gemDirect1 telemetry')
    expect(icon()).toContain('<circle')
    unmount()
    expect(icon()).toBe('data:image/svg+xml,static')
  })

  it('tells how far the run is while the page is hidden', async () => {
    setVisibility('hidden')
    renderHook(() => useTabSign('Live'), live)
    await tell('a', 'executing')
    await title('0/2 · Night run · Live · gemDirect1 telemetry')
    const before = icon()
    await tell('a', 'completed', { exitReason: 'success' })
    await title('1/2 · Night run · Live · gemDirect1 telemetry')
    expect(icon()).not.toBe(before)
  })

  it('tells the end until somebody looks, and is at once as ever then', async () => {
    setVisibility('hidden')
    renderHook(() => useTabSign('Live'), live)
    await tell('a', 'completed', { exitReason: 'success' })
    await tell('b', 'completed', { exitReason: 'success' })
    await title('✓ 2/2 · Night run ended · Live · gemDirect1 telemetry')
    setVisibility('visible')
    expect(document.title).toBe('Live · gemDirect1 telemetry')
  })

  it('tells a failed scene with a cross of its own', async () => {
    setVisibility('hidden')
    renderHook(() => useTabSign('Live'), live)
    await tell('a', 'failed', { exitReason: 'error' })
    await title('✗1 0/2 · Night run · Live · gemDirect1 telemetry')
    expect(icon()).toContain('mask')
  })
})
