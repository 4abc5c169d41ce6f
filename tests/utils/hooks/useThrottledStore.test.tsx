// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../../../services/shared/createStore'
import { useThrottledStore } from '../../../utils/hooks/useThrottledStore'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function mount(bufferMs = 100) {
  const store = createStore({ a: 0, b: 0 })
  let commits = 0
  function Shown() {
    const a = useThrottledStore(store, (state) => state.a, bufferMs)
    commits += 1
    return <output>{a}</output>
  }
  const view = render(<Shown />)
  const set = (next: { a: number; b: number }) => act(() => store.set(next))
  return { store, set, commits: () => commits, text: () => view.getByRole('status').textContent, view }
}

describe('a throttled store', () => {
  it('shows the first change after quiet at once, and later ones once per buffer time', () => {
    const { set, text } = mount()
    set({ a: 1, b: 0 })
    expect(text()).toBe('1')
    set({ a: 2, b: 0 })
    set({ a: 3, b: 0 })
    expect(text()).toBe('1')
    act(() => vi.advanceTimersByTime(100))
    expect(text()).toBe('3')
  })

  it('keeps showing changes of a stream that never pauses', () => {
    const { set, text } = mount()
    for (let n = 1; n <= 50; n += 1) {
      set({ a: n, b: 0 })
      act(() => vi.advanceTimersByTime(10))
    }
    expect(Number(text())).toBeGreaterThanOrEqual(49)
  })

  it('renders nothing for a change of what it does not select', () => {
    const { set, commits } = mount()
    const before = commits()
    set({ a: 0, b: 1 })
    act(() => vi.advanceTimersByTime(500))
    expect(commits()).toBe(before)
  })

  it('renders nothing while the page is hidden, and the newest when it returns', () => {
    const { set, commits, text } = mount()
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const before = commits()
    set({ a: 7, b: 0 })
    act(() => vi.advanceTimersByTime(1_000))
    expect(commits()).toBe(before)
    visibility.mockReturnValue('visible')
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(text()).toBe('7')
  })

  it('renders nothing once the page is hidden, for a change that was seen to wait before', () => {
    const { set, commits, text } = mount()
    set({ a: 1, b: 0 })
    set({ a: 2, b: 0 })
    const before = commits()
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    act(() => vi.advanceTimersByTime(1_000))
    expect(commits()).toBe(before)
    visibility.mockReturnValue('visible')
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(text()).toBe('2')
  })

  it('leaves no timer and no listener behind, in StrictMode too', () => {
    const listen = vi.fn()
    const store = { ...createStore({ a: 0 }), subscribe: () => (listen(1), () => listen(-1)) }
    function Shown() {
      return <output>{useThrottledStore(store, (state) => state.a)}</output>
    }
    for (let n = 0; n < 100; n += 1)
      render(
        <StrictMode>
          <Shown />
        </StrictMode>,
      ).unmount()
    const balance = listen.mock.calls.reduce((sum, [step]) => sum + Number(step), 0)
    expect(listen).toHaveBeenCalled()
    expect(balance).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
