/** A sleep that ends early when something happened. One sleeper at a time. */
export interface Waker {
  /** Resolves at `until` (by the given clock), or at the next `wake()`; at once when one came since the last sleep. */
  sleep(until: number): Promise<void>
  wake(): void
}

/** Timers count 32 bits of milliseconds; a longer sleep wakes and sleeps on. */
const LONGEST_MS = 2 ** 31 - 1

export function createWaker(now: () => number): Waker {
  let isAwake = false
  let resolve: (() => void) | undefined
  return {
    async sleep(until) {
      if (!isAwake) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, Math.min(Math.max(0, until - now()), LONGEST_MS))
          resolve = () => {
            clearTimeout(timer)
            done()
          }
        })
      }
      isAwake = false
      resolve = undefined
    },
    wake() {
      isAwake = true
      resolve?.()
    },
  }
}
