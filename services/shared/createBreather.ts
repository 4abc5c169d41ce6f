/** Lets others have the thread: long work awaits it often, and it only costs something when a slice of time is used up. */
export type Breather = () => Promise<void> | undefined

/** Below half of what is felt as a stutter (50 ms), so that a slow step at its end still passes. */
const SLICE_MS = 12

export function createBreather(now: () => number = () => performance.now()): Breather {
  let since = now()
  return () => {
    if (now() - since < SLICE_MS) return undefined
    return nextTask().then(() => {
      since = now()
    })
  }
}

/** A new task without a timer's delay, which grows to a second and more in a hidden tab. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
