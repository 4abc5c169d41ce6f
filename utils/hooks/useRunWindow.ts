import { useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react'
import {
  createRunWindow,
  type ListQuery,
  type RunWindow,
  type RunWindowState,
} from '../history/createRunWindow'
import { useTelemetry } from './TelemetryProvider'
import { useRevision } from './useRevision'

/** A long list of saved runs, fetched where it is looked at and read again, in place, when the history changed. */
export type RunList = RunWindowState & Pick<RunWindow, 'want' | 'renew' | 'retry'>

/** `query` is compared by content; while another list is on its way the rows of the last one stay. */
export function useRunWindow(query: ListQuery): RunList {
  const { history } = useTelemetry()
  const revision = useRevision()
  const runs = useMemo(() => createRunWindow(history.queryRuns), [history])
  const key = JSON.stringify(query)
  // Before anything is painted: the rows of the last list never stand as those of another one.
  useLayoutEffect(() => {
    const asked: ListQuery = JSON.parse(key)
    runs.ask(asked)
    return runs.stop
  }, [runs, key])
  useEffect(() => {
    void revision
    runs.refresh()
  }, [runs, revision])
  const state = useSyncExternalStore(runs.subscribe, runs.getSnapshot, runs.getSnapshot)
  return useMemo(() => ({ ...state, want: runs.want, renew: runs.renew, retry: runs.retry }), [state, runs])
}
