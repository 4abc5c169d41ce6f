const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/**
 * Calls back once a second while the page is visible, and at once when it becomes so; one timer for all, none without listeners. The
 * returned undo is idempotent.
 */
export function everySecond(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) start()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) stop()
  }
}

function start(): void {
  timer = setInterval(tick, 1_000)
  document.addEventListener('visibilitychange', tick)
}

function stop(): void {
  clearInterval(timer)
  timer = undefined
  document.removeEventListener('visibilitychange', tick)
}

function tick(): void {
  if (document.visibilityState === 'visible') for (const listener of [...listeners]) listener()
}
