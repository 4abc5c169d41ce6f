import { useCallback } from 'react'
import type { RunGroup, RunHistory, TelemetryFilter } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useRevision } from './useRunHistory'

/** The runs that match, in groups with their rates. Asked again when the history changed; `filter` is compared by content. */
export function useGroups(
  by: Parameters<RunHistory['groups']>[0],
  filter: TelemetryFilter = {},
): AsyncAnswer<readonly RunGroup[]> {
  const { history } = useTelemetry()
  const revision = useRevision()
  const key = JSON.stringify(filter)
  const ask = useCallback(async () => {
    void revision
    const asked: TelemetryFilter = JSON.parse(key)
    return history.groups(by, asked)
  }, [history, by, key, revision])
  return useAsync(ask)
}
