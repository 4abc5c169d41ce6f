// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Toasts } from '../../components/ui/Toasts'
import { ToastProvider, useToasts } from '../../utils/hooks'
import { TOAST_MS } from '../../utils/toasts/createToasts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const undo = vi.fn()
function Page() {
  const { show } = useToasts()
  return (
    <button
      type="button"
      onClick={() => show({ kind: 'done', text: 'Deleted 12 runs.', action: { label: 'Undo', run: undo } })}
    >
      Delete
    </button>
  )
}
function open() {
  render(
    <ToastProvider>
      <Page />
      <Toasts />
    </ToastProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
}
const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms))

describe('a message', () => {
  it('goes by itself', () => {
    open()
    expect(screen.getByText('Deleted 12 runs.')).toBeTruthy()
    pass(TOAST_MS)
    expect(screen.queryByText('Deleted 12 runs.')).toBeNull()
  })

  it('stays while the focus is in it', () => {
    open()
    act(() => screen.getByRole('button', { name: 'Undo' }).focus())
    pass(10 * TOAST_MS)
    expect(screen.getByText('Deleted 12 runs.')).toBeTruthy()
    act(() => screen.getByRole('button', { name: 'Delete' }).focus())
    pass(TOAST_MS)
    expect(screen.queryByText('Deleted 12 runs.')).toBeNull()
  })

  it('stays while it is pointed at', () => {
    open()
    fireEvent.pointerEnter(screen.getByRole('region', { name: 'Messages' }))
    pass(10 * TOAST_MS)
    expect(screen.getByText('Deleted 12 runs.')).toBeTruthy()
  })

  it('takes its action once and is gone, and the next one goes by itself again', () => {
    open()
    const button = screen.getByRole('button', { name: 'Undo' })
    act(() => button.focus())
    fireEvent.click(button)
    expect(undo).toHaveBeenCalledOnce()
    expect(screen.queryByText('Deleted 12 runs.')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
    pass(TOAST_MS)
    expect(screen.queryByText('Deleted 12 runs.')).toBeNull()
  })

  it('can be closed, and is no second live region', () => {
    open()
    expect(screen.queryByRole('status')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Close: Deleted 12 runs.' }))
    expect(screen.queryByText('Deleted 12 runs.')).toBeNull()
  })
})
