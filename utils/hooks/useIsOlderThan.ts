import { useSyncExternalStore } from 'react'
import { everySecond } from '../live/everySecond'

/** Whether a time is longer ago than that; re-renders when it becomes so, not while it ages. False for no time. */
export function useIsOlderThan(since: number | null | undefined, ms: number): boolean {
  return useSyncExternalStore(everySecond, () => since != null && Date.now() - since > ms)
}
