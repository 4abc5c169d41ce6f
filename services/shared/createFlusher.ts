/** Calls `flush` for many requests at most once per interval. */
export interface Flusher {
  request(): void
  /** Flushes what was requested and is still due, at once. */
  now(): void
  dispose(): void
}

/**
 * The first request after quiet is answered at once, later ones at most every `intervalMs`; a steady stream of requests
 * does not put the flush off (a restarted timer would starve under load).
 */
export function createFlusher(flush: () => void, intervalMs: number): Flusher {
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = false
  const run = (): void => {
    due = false
    flush()
  }
  const open = (): void => {
    timer = setTimeout(() => {
      timer = undefined
      if (!due) return
      run()
      open()
    }, intervalMs)
  }
  return {
    request() {
      due = true
      if (timer !== undefined) return
      run()
      open()
    },
    now() {
      if (due) run()
    },
    dispose() {
      clearTimeout(timer)
      timer = undefined
      due = false
    },
  }
}
