// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SeedPart } from '../../../components/settings/SeedPart'
import type { TelemetryCore } from '../../../services/createTelemetry'
import { TelemetryProvider } from '../../../utils/hooks'
import { createMemoryHistory, type MemoryHistory } from '../../helpers/memoryHistory'

let history: MemoryHistory
beforeEach(() => {
  history = createMemoryHistory()
  location.hash = '#/settings/storage?seed=600-3'
})
afterEach(() => {
  cleanup()
  location.hash = ''
})

/** The part of a telemetry that is asked here. */
function show(simulated: boolean | undefined): void {
  const ready = Promise.resolve({ simulated })
  const telemetry = { history, ready } as unknown as TelemetryCore
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <TelemetryProvider telemetry={telemetry}>{children}</TelemetryProvider>
  )
  render(<SeedPart />, { wrapper })
}

describe('what npm run seed opens', () => {
  it('asks before it fills the simulated history, and says when that is done', async () => {
    show(true)
    expect(
      await screen.findByText(/^Fill this browser’s simulated history with 600 generated runs\?/),
    ).toBeTruthy()
    expect(history.runs.size).toBe(0)
    await userEvent.click(screen.getByRole('button', { name: 'Fill it' }))
    await screen.findByText('600 runs are in the simulated history now.', {}, { timeout: 10_000 })
    expect(history.runs.size).toBe(600)
    const newest = Math.max(...[...history.runs.values()].map(({ timestamp }) => timestamp))
    expect(Math.abs(newest - Date.now())).toBeLessThan(60_000)
  })

  it('can be cancelled in between', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const { saveRuns } = history
    history.saveRuns = async (...given) => {
      const report = await saveRuns(...given)
      await held
      return report
    }
    show(true)
    await userEvent.click(await screen.findByRole('button', { name: 'Fill it' }))
    await waitFor(() => expect(history.runs.size).toBe(250))
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    release()
    expect(await screen.findByRole('button', { name: 'Fill it' })).toBeTruthy()
    expect(history.runs.size).toBe(250)
  })

  it.each([[false], [undefined]])(
    'refuses a history that is not the simulated one: %s',
    async (simulated) => {
      show(simulated)
      expect(await screen.findByText(/is not the simulated one, so nothing is filled in/)).toBeTruthy()
      expect(screen.queryByRole('button')).toBeNull()
    },
  )

  it('is not there when the address does not ask for it', async () => {
    location.hash = '#/settings/storage'
    show(true)
    expect(screen.queryByRole('heading')).toBeNull()
  })
})
