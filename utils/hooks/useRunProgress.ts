import { useMemo } from 'react'
import { createProgressSelector, type RunProgress } from '../live/runProgress'
import { useGenerations } from './useGenerations'
import { useLive } from './useLive'

/** Where the run of that id stands, or the one to be shown; re-renders when a scene begins or ends, not with samples. */
export function useRunProgress(runId?: string): RunProgress {
  const own = useGenerations()
    .map((each) => each.runId)
    .join(SEPARATOR)
  const select = useMemo(() => createProgressSelector(runId, own.split(SEPARATOR)), [runId, own])
  return useLive(select)
}

/** No id has it. */
const SEPARATOR = '\u0000'
