import { createListeners } from '../shared/createStore'
import type { StorageTransaction } from './storage'

/** How readers learn that something was written, by this tab or another. `meta.revision` is the truth, the channel a hint. */
export interface Revision {
  /** Inside each writing transaction. */
  raise(tx: StorageTransaction): Promise<number>
  /** After it was committed. */
  announce(revision: number): void
  subscribe(listener: () => void): () => void
  /** The same reference until something was written. */
  getSnapshot(): { readonly revision: number }
  close(): void
}

/** Begins at `first`; tabs of the same channel tell each other. `close()` ends it. */
export function createRevision(channelName: string, first: number): Revision {
  const listeners = createListeners<[]>()
  let channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName)
  let snapshot = { revision: first }
  const show = (revision: number): void => {
    if (revision <= snapshot.revision) return
    snapshot = { revision }
    listeners.emit()
  }
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'number' && Number.isSafeInteger(data)) show(data)
    }
    // In Node an open channel keeps the process alive.
    if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
  }
  return {
    async raise(tx) {
      const next = revisionOf((await tx.get('meta', 'revision'))?.value) + 1
      tx.put('meta', { key: 'revision', value: next })
      return next
    },
    announce(revision) {
      show(revision)
      channel?.postMessage(revision)
    },
    subscribe: listeners.add,
    getSnapshot: () => snapshot,
    close() {
      listeners.clear()
      channel?.close()
      // A write that is committed after this has nobody to tell; a closed channel would throw at it.
      channel = undefined
    },
  }
}

/** A stored revision; 0 for what is none. */
export const revisionOf = (value: unknown): number => (typeof value === 'number' && value >= 0 ? value : 0)
