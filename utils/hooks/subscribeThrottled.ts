import { createFlusher } from '../../services/shared/createFlusher'
import { createListeners } from '../../services/shared/createStore'
import type { ReadableStore } from '../../types'

/**
 * Calls `listener` for changes of a store at most once per `bufferMs` and not while the page is hidden; the first change after quiet
 * at once. All who watch a store at one pace are called in one task: what they render, React commits and the browser paints
 * together. Returns the undo; the last one leaves no timer and no listener.
 */
export function subscribeThrottled(
  store: ReadableStore<unknown>,
  listener: () => void,
  bufferMs: number,
): () => void {
  const paces = pacesOf.get(store) ?? new Map<number, Pace>()
  pacesOf.set(store, paces)
  const pace = paces.get(bufferMs) ?? createPace(store, bufferMs, () => paces.delete(bufferMs))
  paces.set(bufferMs, pace)
  return pace(listener)
}

type Pace = (listener: () => void) => () => void

const pacesOf = new WeakMap<ReadableStore<unknown>, Map<number, Pace>>()

function createPace(store: ReadableStore<unknown>, bufferMs: number, onUnused: () => void): Pace {
  const page = globalThis.document
  const listeners = createListeners<[]>()
  const whenSeen = (call: () => void) => (): void => {
    if (page?.visibilityState !== 'hidden') call()
  }
  // What was requested in sight may come due out of it, so the page is looked at again then.
  const show = whenSeen(listeners.emit)
  const flusher = createFlusher(show, bufferMs)
  const unsubscribe = store.subscribe(whenSeen(flusher.request))
  page?.addEventListener('visibilitychange', show)
  const stop = (): void => {
    unsubscribe()
    page?.removeEventListener('visibilitychange', show)
    flusher.dispose()
    onUnused()
  }
  return (listener) => {
    let remove: (() => void) | undefined = listeners.add(listener)
    return () => {
      if (!remove) return
      remove()
      remove = undefined
      if (listeners.size() === 0) stop()
    }
  }
}
