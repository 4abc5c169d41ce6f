// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from '../../../services/shared/createStore'
import { subscribeThrottled } from '../../../utils/hooks/subscribeThrottled'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watch(count: number, bufferMs = 100) {
  const store = createStore(0)
  const listeners = Array.from({ length: count }, () => vi.fn())
  const undo = listeners.map((listener) => subscribeThrottled(store, listener, bufferMs))
  return { store, undo, calls: () => listeners.map(({ mock }) => mock.calls.length) }
}

describe('who watches a store at one pace', () => {
  it('is called in one task with all others, by one timer', () => {
    const { store, calls } = watch(100)
    store.set(1)
    store.set(2)
    expect(new Set(calls())).toEqual(new Set([1]))
    expect(vi.getTimerCount()).toBe(1)
    vi.runOnlyPendingTimers()
    expect(new Set(calls())).toEqual(new Set([2]))
  })

  it('may leave while the others go on, and twice; the last leaves nothing behind', () => {
    const { store, undo, calls } = watch(2)
    store.set(1)
    undo[0]?.()
    undo[0]?.()
    store.set(2)
    vi.advanceTimersByTime(100)
    expect(calls()).toEqual([1, 2])
    undo[1]?.()
    expect(vi.getTimerCount()).toBe(0)
    store.set(3)
    expect(calls()).toEqual([1, 2])
  })

  it('is not held up by another pace, nor by another store', () => {
    const store = createStore(0)
    const [quick, slow, other] = [vi.fn(), vi.fn(), vi.fn()]
    subscribeThrottled(store, quick, 10)
    subscribeThrottled(store, slow, 1_000)
    subscribeThrottled(createStore(0), other, 10)
    store.set(1)
    store.set(2)
    vi.advanceTimersByTime(10)
    expect([quick, slow, other].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0])
  })
})
