import { useEffect, useSyncExternalStore } from 'react'
import type { LongTask, LongTaskStore } from '../files/createLongTask'

/** How a task stands, for who shows it: nothing else of the page tells of it meanwhile. */
export function useLongTask<T>(task: LongTaskStore<T>): LongTask<T> {
  useEffect(() => task.attend(), [task])
  return useSyncExternalStore(task.subscribe, task.getSnapshot)
}
