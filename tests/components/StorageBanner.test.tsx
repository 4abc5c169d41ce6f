// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { StorageBanner } from '../../components/shell/Banners'
import type { TelemetryCore } from '../../services/createTelemetry'
import { createStore } from '../../services/shared/createStore'
import type { RecordingState, RunHistory } from '../../types'
import { TelemetryProvider } from '../../utils/hooks'

afterEach(cleanup)

const FULL = 'Storage is full. What was there is whole.'

function show(recording: RecordingState, history: Partial<RunHistory> = {}): void {
  const servers = createStore([{ id: 'box', name: 'GPU box', recording }])
  const telemetry = { servers, history } as unknown as TelemetryCore
  render(
    <TelemetryProvider telemetry={telemetry}>
      <StorageBanner />
    </TelemetryProvider>,
  )
}

describe('where storage is full', () => {
  it('the page says what is used, what deleting the oldest runs frees, and leads to where it is done', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => `run-${index}`)
    show(
      { status: 'paused', reason: FULL, isFull: true },
      {
        retention: ({ maxRuns }) =>
          Promise.resolve(
            maxRuns === undefined
              ? { runIds: ids, bytes: 400 * 2 ** 20 }
              : { runIds: ids.slice(0, 40), bytes: 310 * 2 ** 20 },
          ),
        getRuns: () =>
          Promise.resolve([
            { runId: 'run-39', timestamp: Date.UTC(2026, 8, 30, 12), scenes: [], fallbackCount: 0 },
          ]),
        storage: () =>
          Promise.resolve({
            mode: 'indexeddb',
            origin: '',
            runs: 500,
            usage: 2 * 2 ** 30,
            quota: 2 * 2 ** 30,
            persisted: true,
          }),
      },
    )
    const words = await screen.findByText(/^2\.0.GB of the 2\.0.GB that the browser allows are used\./)
    expect(words.textContent?.replaceAll('\u202f', ' ')).toMatch(
      / Deleting the 40 oldest runs, up to .*30.*, frees about 310 MB\.$/,
    )
    expect(screen.getByRole('alert').textContent).toContain(FULL)
    const link = screen.getByRole('link', { name: 'Delete the oldest…' })
    expect(link.getAttribute('href')).toBe('#/settings/storage?keep=460')
  })
})

describe('where nothing is saved for another reason', () => {
  it('the page offers to delete nothing', () => {
    const retention = vi.fn<RunHistory['retention']>()
    show({ status: 'paused', reason: 'This server tells of simulated data.' }, { retention })
    expect(screen.getByRole('alert').textContent).toContain('simulated data')
    expect(screen.queryByRole('link')).toBeNull()
    expect(retention).not.toHaveBeenCalled()
  })
})
