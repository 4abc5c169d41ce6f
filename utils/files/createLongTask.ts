import type { ReadableStore } from '../../types'
import { createStore } from '../../services/shared/createStore'
import { isStorageFull } from '../../services/history/isStorageFull'

/** Work that takes seconds to minutes: what it does and how far it is, what came of it, or why nothing did, in a sentence. */
export type LongTask<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly label: string; readonly share: number }
  | { readonly status: 'done'; readonly value: T }
  | FailedTask
export interface FailedTask {
  readonly status: 'failed'
  readonly message: string
  /** The browser had no room left for it. */
  readonly isFull: boolean
  /** Bytes that found no room; undefined where nobody knows how many. */
  readonly missing?: number | undefined
}

/** What the work is given: progress from 0 to 1, and the signal by which it is cancelled. */
export interface LongTaskTools {
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** One piece of long work at a time, wherever in the page it is looked at from. */
export interface LongTaskStore<T> extends ReadableStore<LongTask<T>> {
  /** Cancels what still runs. `label` says what is done: `Importing night.json`; `bytes`, how much is to be stored by it. */
  start(label: string, work: (tools: LongTaskTools) => Promise<T>, bytes?: number): void
  /** Idle again, whatever it was. */
  cancel(): void
  /** Says that a part of the page shows it, until the function that comes back is called. */
  attend(): () => void
  /** Whether any part of the page shows it. */
  readonly attended: ReadableStore<boolean>
}

/** It belongs to no page: what runs goes on when the page that began it is left. */
export function createLongTask<T>(): LongTaskStore<T> {
  const store = createStore<LongTask<T>>(IDLE)
  const attended = createStore(false)
  const parts = new Set<object>()
  let controller: AbortController | undefined
  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    attended,
    start(label, work, bytes) {
      controller?.abort()
      const { signal } = (controller = new AbortController())
      let share = 0
      const tell = (next: LongTask<T>): void => {
        if (!signal.aborted) store.set(next)
      }
      const onProgress = (next: number): void => {
        // Less than what can be read would be a rendering for nothing.
        const isNews = Math.floor(next * 100) !== Math.floor(share * 100)
        share = next
        // A worker's progress and its answer come through different ports, in either order.
        if (isNews && store.getSnapshot().status === 'running') tell({ status: 'running', label, share })
      }
      tell({ status: 'running', label, share })
      work({ signal, onProgress }).then(
        (value) => tell({ status: 'done', value }),
        (error: unknown) => tell(failureOf(error, bytes === undefined ? undefined : bytes * (1 - share))),
      )
    },
    cancel() {
      controller?.abort()
      store.set(IDLE)
    },
    attend() {
      const part = {}
      attended.set(parts.add(part).size > 0)
      return () => {
        parts.delete(part)
        attended.set(parts.size > 0)
      }
    },
  }
}

const IDLE = { status: 'idle' } as const

function failureOf(error: unknown, left: number | undefined): FailedTask {
  const isTold = error instanceof Error && error.message !== ''
  const message = isTold ? error.message : 'It could not be done. Try again.'
  const isFull = isStorageFull(error)
  return { status: 'failed', message, isFull, ...(isFull ? { missing: left } : {}) }
}
