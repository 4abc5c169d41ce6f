// @vitest-environment happy-dom
import { act, cleanup, fireEvent, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSettled } from '../../../utils/hooks/useSettled'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

interface Props {
  readonly value: { readonly n: number } | null
  readonly isReady: boolean
}
const start = (initialProps: Props) =>
  renderHook(({ value, isReady }: Props) => useSettled(value, isReady, 700), { initialProps })
const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms))

describe('a value that settles', () => {
  it('is there when it stayed the same long enough, and stands from then on', () => {
    const { result, rerender } = start({ value: { n: 1 }, isReady: true })
    pass(600)
    rerender({ value: { n: 2 }, isReady: true })
    pass(600)
    expect(result.current).toBeNull()
    pass(100)
    expect(result.current).toEqual({ n: 2 })
    rerender({ value: { n: 3 }, isReady: true })
    pass(5_000)
    expect(result.current).toEqual({ n: 2 })
  })

  it('is not put off by being told the same again and again', () => {
    const { result, rerender } = start({ value: { n: 1 }, isReady: true })
    for (let i = 0; i < 7; i++) {
      pass(100)
      rerender({ value: { n: 1 }, isReady: true })
    }
    expect(result.current).toEqual({ n: 1 })
  })

  it('waits until it is ready', () => {
    const { result, rerender } = start({ value: { n: 1 }, isReady: false })
    pass(5_000)
    expect(result.current).toBeNull()
    rerender({ value: { n: 1 }, isReady: true })
    pass(700)
    expect(result.current).toEqual({ n: 1 })
  })

  it.each(['pointerDown', 'keyDown'] as const)('does not come in after a %s', (event) => {
    const { result } = start({ value: { n: 1 }, isReady: true })
    fireEvent[event](window)
    pass(5_000)
    expect(result.current).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })
})
