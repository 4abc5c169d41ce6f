/** Asks a server at most once per interval, one question at a time. */
export interface Lookout {
  /** Looks as soon as it may; what is asked meanwhile is one look more. */
  ask(): void
  /** Resolves when the server may be asked again, and counts as having asked; never after `stop`. */
  turn(): Promise<void>
  stop(): void
}

/** `look` never rejects. */
export function createLookout(look: () => Promise<void>, intervalMs: number): Lookout {
  let free = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDue = false
  let isLooking = false
  let isStopped = false

  const turn = (): Promise<void> => {
    const mine = free
    free = mine.then(
      () =>
        new Promise((resolve) => {
          timer = setTimeout(resolve, intervalMs)
        }),
    )
    return mine.then(() => (isStopped ? new Promise(() => undefined) : undefined))
  }
  const work = async (): Promise<void> => {
    isLooking = true
    while (isDue && !isStopped) {
      await turn()
      isDue = false
      await look()
    }
    isLooking = false
  }
  return {
    ask() {
      isDue = true
      if (!isLooking && !isStopped) void work()
    },
    turn,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
