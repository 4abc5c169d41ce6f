// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NotificationChoice } from '../../components/settings/NotificationChoice'

beforeEach(() => localStorage.clear())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
const LABEL = 'Tell me when a run ends or a scene fails while I look elsewhere'
const box = (): HTMLInputElement => screen.getByRole('checkbox', { name: LABEL })
const stub = (permission: NotificationPermission, answer = permission): void => {
  const fake = { permission, requestPermission: () => Promise.resolve((fake.permission = answer)) }
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('Notification', fake)
}

describe('the choice of notifications', () => {
  it('asks the browser when it is turned on', async () => {
    stub('default', 'granted')
    render(<NotificationChoice />)
    expect(box().checked).toBe(false)
    expect(screen.getByText('The browser asks for your permission first.')).toBeTruthy()
    await userEvent.click(box())
    expect(box().checked).toBe(true)
  })

  it('says that a page by plain http has none, and what there is instead', () => {
    vi.stubGlobal('isSecureContext', false)
    render(<NotificationChoice />)
    expect(box().disabled).toBe(true)
    expect(
      screen.getByText(/^Notifications need https or localhost.*title and icon tell the same/),
    ).toBeTruthy()
  })

  it('says what to do when they were refused', () => {
    stub('denied')
    render(<NotificationChoice />)
    expect(box().disabled).toBe(true)
    expect(screen.getByText(/Allow notifications for it beside the address/)).toBeTruthy()
  })

  it('says that a browser has none', () => {
    vi.stubGlobal('isSecureContext', true)
    Reflect.deleteProperty(globalThis, 'Notification')
    render(<NotificationChoice />)
    expect(screen.getByText(/This browser has no notifications for pages/)).toBeTruthy()
  })
})
