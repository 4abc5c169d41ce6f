import { useMemo } from 'react'
import { createProgressSelector, type RunProgress } from '../live/runProgress'
import { useLive } from './useLive'

/** Where the run of that id stands, or the newest; re-renders when a scene begins or ends, not with samples. */
export function useRunProgress(runId?: string): RunProgress {
  const select = useMemo(() => createProgressSelector(runId), [runId])
  return useLive(select)
}
