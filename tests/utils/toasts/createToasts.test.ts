import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createToasts, TOAST_MS } from '../../../utils/toasts/createToasts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const texts = (toasts: ReturnType<typeof createToasts>) => toasts.getSnapshot().toasts.map(({ text }) => text)

describe('messages', () => {
  it('go after 8 seconds; errors and what is being done stay', () => {
    const toasts = createToasts()
    toasts.show({ kind: 'done', text: 'Deleted 12 runs.' })
    toasts.show({ kind: 'error', text: 'The disk is full.' })
    toasts.show({ kind: 'busy', text: 'Deleting…' })
    vi.advanceTimersByTime(TOAST_MS - 1)
    expect(texts(toasts)).toHaveLength(3)
    vi.advanceTimersByTime(1)
    expect(texts(toasts)).toEqual(['The disk is full.', 'Deleting…'])
  })

  it('stay while they are held, and have their time again afterwards', () => {
    const toasts = createToasts()
    toasts.show({ kind: 'done', text: 'a' })
    vi.advanceTimersByTime(TOAST_MS - 1_000)
    toasts.hold(true)
    toasts.show({ kind: 'done', text: 'b' })
    vi.advanceTimersByTime(10 * TOAST_MS)
    expect(texts(toasts)).toEqual(['a', 'b'])
    toasts.hold(false)
    vi.advanceTimersByTime(TOAST_MS)
    expect(texts(toasts)).toEqual([])
  })

  it('are three at most: the oldest that says what was done makes room, before any error', () => {
    const toasts = createToasts()
    toasts.show({ kind: 'error', text: 'error' })
    for (const text of ['a', 'b', 'c']) toasts.show({ kind: 'done', text })
    expect(texts(toasts)).toEqual(['error', 'b', 'c'])
  })

  it('take the place of one another, and progress is not read out again', () => {
    const toasts = createToasts()
    const id = toasts.show({ kind: 'busy', text: 'Deleting… 0 %' })
    toasts.show({ kind: 'busy', text: 'Deleting… 50 %' }, id)
    expect(texts(toasts)).toEqual(['Deleting… 50 %'])
    expect(toasts.getSnapshot().said).toBe('Deleting… 0 %')
    toasts.show({ kind: 'done', text: 'Deleted 2,000 runs.' }, id)
    expect(toasts.getSnapshot().said).toBe('Deleted 2,000 runs.')
    vi.advanceTimersByTime(TOAST_MS)
    expect(texts(toasts)).toEqual([])
  })

  it('leave no timer behind', () => {
    const toasts = createToasts()
    toasts.show({ kind: 'done', text: 'a' })
    toasts.dispose()
    expect(vi.getTimerCount()).toBe(0)
  })
})
