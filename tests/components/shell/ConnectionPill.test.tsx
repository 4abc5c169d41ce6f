// @vitest-environment happy-dom
import { act, cleanup, configure, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ConnectionPill } from '../../../components/shell/ConnectionPill'
import { startLiveTelemetry, type LiveTelemetry } from '../../helpers/liveTelemetry'

configure({ asyncUtilTimeout: 10_000 })

let live: LiveTelemetry

beforeEach(async () => {
  live = startLiveTelemetry('ws://localhost:9884/telemetry')
  render(<ConnectionPill />, { wrapper: live.wrapper })
  await screen.findByRole('button', { name: /Live\. Details/ })
})
afterEach(async () => {
  cleanup()
  await live.close()
})

it('does not call a time without record a time without loss', async () => {
  act(() => live.restart())
  await screen.findByRole('button', { name: /Reconnecting/ })
  act(() => live.telemetry.realtime.connect())
  await screen.findByRole('button', { name: /Live\. Details/ })
  await userEvent.click(screen.getByRole('button', { name: /Live\. Details/ }))
  expect(await screen.findByText(/^What was lost in a time that was missed can’t be known/)).toBeTruthy()
  expect(screen.getByRole('listitem').textContent).toMatch(/^Missed .*can’t be known\.$/)
  expect(screen.queryByText(/No scene event was lost/)).toBeNull()
})
