import { useCallback, useSyncExternalStore } from 'react'
import type { ReadableStore } from '../../types'
import { createFlusher } from '../../services/shared/createFlusher'

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

/** Calls `listener` for changes as often as `useThrottledStore` renders; returns the undo. */
export function subscribeThrottled(
  store: ReadableStore<unknown>,
  listener: () => void,
  bufferMs: number,
): () => void {
  const page = globalThis.document
  const whenSeen = (call: () => void) => (): void => {
    if (page?.visibilityState !== 'hidden') call()
  }
  // What was requested in sight may come due out of it, so the page is looked at again then.
  const show = whenSeen(listener)
  const flusher = createFlusher(show, bufferMs)
  const unsubscribe = store.subscribe(whenSeen(flusher.request))
  page?.addEventListener('visibilitychange', show)
  return () => {
    unsubscribe()
    page?.removeEventListener('visibilitychange', show)
    flusher.dispose()
  }
}
