// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HeaderSearch } from '../../../components/filter/HeaderSearch'
import { fakeHistory } from '../../helpers/fakeHistory'

const open = (isNarrow: boolean) => {
  vi.stubGlobal('matchMedia', () => ({
    matches: isNarrow,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  render(<HeaderSearch />, fakeHistory([]))
  return userEvent.setup()
}
const field = () => screen.queryByRole<HTMLInputElement>('combobox', { name: 'Search runs' })
const button = () => screen.queryByRole('button', { name: 'Search runs' })

beforeEach(() => {
  localStorage.clear()
  location.hash = '#/live'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('the search of the bar', () => {
  it('is a field where there is room, and shows what was found on the History page', async () => {
    const user = open(false)
    expect(button()).toBeNull()
    await user.type(field() ?? document.body, 'harbour{Enter}')
    expect(location.hash).toBe('#/history?q=harbour&v=1')
  })

  it('is a button on a phone that opens the field with the focus in it', async () => {
    const user = open(true)
    expect(field()).toBeNull()
    await user.click(button() ?? document.body)
    expect(document.activeElement).toBe(field())
    await user.keyboard('tag:night{Enter}')
    expect(location.hash).toBe('#/history?q=tag:night&v=1')
    expect(field()).toBeNull()
  })

  it('is closed by Escape, which closes its list before, and by Cancel; the focus is on the button again', async () => {
    const user = open(true)
    await user.keyboard('/')
    expect(document.activeElement).toBe(field())
    await user.keyboard('sta')
    expect(field()?.getAttribute('aria-expanded')).toBe('true')
    await user.keyboard('{Escape}')
    expect(document.activeElement).toBe(field())
    await user.keyboard('{Escape}')
    expect(field()).toBeNull()
    expect(document.activeElement).toBe(button())
    await user.keyboard('{Enter}')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(document.activeElement).toBe(button())
  })
})
