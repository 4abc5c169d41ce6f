import type { ReadableStore } from '../../types'
import { createStore } from '../../services/shared/createStore'

/** A short message at the page's edge: what was done, what is being done, or what went wrong. */
export interface ToastMessage {
  /** `done` goes by itself, `busy` when it is replaced, `error` when it is closed. */
  readonly kind: 'done' | 'busy' | 'error'
  readonly text: string
  readonly action?: { readonly label: string; run(): void }
}
/** What takes back what was done is called so. */
export const UNDO = 'Undo'

export interface Toast extends ToastMessage {
  readonly id: number
}
export interface ToastState {
  /** Oldest first, at most 3. */
  readonly toasts: readonly Toast[]
  /** What a screen reader is told, newest. */
  readonly said: string
}
export interface Toasts extends ReadableStore<ToastState> {
  /** Shows one; with the id of an earlier one it takes its place. Returns the id. */
  show(message: ToastMessage, instead?: number): number
  close(id: number): void
  /** Nothing goes while it is held: somebody points at it or is in it. */
  hold(isHeld: boolean): void
  /** Tells screen readers only. */
  say(sentence: string): void
  dispose(): void
}

export const TOAST_MS = 8_000
const MOST = 3

/** Whoever made it disposes of it. */
export function createToasts(): Toasts {
  const store = createStore<ToastState>({ toasts: [], said: '' })
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  let isHeld = false
  let lastId = 0

  const stopTimer = (id: number): void => {
    clearTimeout(timers.get(id))
    timers.delete(id)
  }
  const close = (id: number): void => {
    stopTimer(id)
    const { toasts, said } = store.getSnapshot()
    if (toasts.some((toast) => toast.id === id))
      store.set({ said, toasts: toasts.filter((toast) => toast.id !== id) })
  }
  const startTimer = ({ id, kind }: Toast): void => {
    stopTimer(id)
    if (kind === 'done' && !isHeld)
      timers.set(
        id,
        setTimeout(() => close(id), TOAST_MS),
      )
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    show(message, instead) {
      const { toasts, said } = store.getSnapshot()
      const toast = { ...message, id: instead ?? ++lastId }
      const isThere = toasts.some(({ id }) => id === toast.id)
      const next = isThere ? toasts.map((each) => (each.id === toast.id ? toast : each)) : [...toasts, toast]
      const gone = next.length > MOST ? (next.find(({ kind }) => kind === 'done') ?? next[0]) : undefined
      if (gone) stopTimer(gone.id)
      // Progress is shown, not read out again and again.
      const isNews = !isThere || message.kind !== 'busy'
      store.set({ toasts: next.filter((each) => each !== gone), said: isNews ? message.text : said })
      if (toast !== gone) startTimer(toast)
      return toast.id
    },
    close,
    hold(next) {
      if (isHeld === next) return
      isHeld = next
      for (const toast of store.getSnapshot().toasts) {
        if (isHeld) stopTimer(toast.id)
        else startTimer(toast)
      }
    },
    say: (sentence) => store.set({ ...store.getSnapshot(), said: sentence }),
    dispose() {
      for (const id of [...timers.keys()]) stopTimer(id)
    },
  }
}
