import { useCallback, useSyncExternalStore } from 'react'
import type { ReadableStore } from '../../types'
import { subscribeThrottled } from './subscribeThrottled'

/** Two frames of a 60 Hz screen: nobody reads faster. */
export const DEFAULT_BUFFER_MS = 33

/**
 * A selection of a store. Re-renders when the selection changes (`Object.is`), at most once per `bufferMs` and not while the page
 * is hidden; the first change after quiet comes at once. The selection must be a primitive or a reference of the state.
 */
export function useThrottledStore<TState, T>(
  store: ReadableStore<TState>,
  select: (state: TState) => T,
  bufferMs: number = DEFAULT_BUFFER_MS,
): T {
  const subscribe = useCallback(
    (listener: () => void) => subscribeThrottled(store, listener, bufferMs),
    [store, bufferMs],
  )
  const read = (): T => select(store.getSnapshot())
  return useSyncExternalStore(subscribe, read, read)
}
