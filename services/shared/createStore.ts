import type { ReadableStore } from '../../types'

export interface WritableStore<T> extends ReadableStore<T> {
  set(next: T): void
}

/**
 * A value that can be watched. A state equal to the last (`Object.is`) is not announced; the undo that `subscribe`
 * returns is idempotent. Give readers the `ReadableStore` half.
 */
export function createStore<T>(initial: T): WritableStore<T> {
  let current = initial
  const listeners = createListeners<[]>()
  return {
    getSnapshot: () => current,
    subscribe: listeners.add,
    set(next) {
      if (Object.is(next, current)) return
      current = next
      listeners.emit()
    },
  }
}

export interface Listeners<TArgs extends readonly unknown[]> {
  /** The same function may be added twice; each undo removes its own entry. */
  add(listener: (...args: TArgs) => void): () => void
  emit(...args: TArgs): void
  readonly size: () => number
  clear(): void
}

/**
 * A set of listeners; who is removed while an event goes round is not called any more. One that throws is reported and keeps the
 * event from nobody.
 */
export function createListeners<TArgs extends readonly unknown[]>(): Listeners<TArgs> {
  const entries = new Set<{ readonly call: (...args: TArgs) => void }>()
  return {
    add(listener) {
      const entry = { call: listener }
      entries.add(entry)
      return () => void entries.delete(entry)
    },
    emit(...args) {
      for (const entry of [...entries]) if (entries.has(entry)) callApart(() => entry.call(...args))
    },
    size: () => entries.size,
    clear: () => entries.clear(),
  }
}

function callApart(call: () => void): void {
  try {
    call()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
