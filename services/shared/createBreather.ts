import { nextTask } from './nextTask'

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
