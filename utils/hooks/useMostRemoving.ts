import { useCallback } from 'react'
import type { TelemetryFilter } from '../../types'
import { mostRemoving, type Removing } from '../filter/chips'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'

/** The part of a filter nothing matches that keeps most runs away; null when there is none, undefined while that is being found out. */
export function useMostRemoving(filter: TelemetryFilter): Removing | null | undefined {
  const { history } = useTelemetry()
  const key = JSON.stringify(filter)
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const asked: TelemetryFilter = JSON.parse(key)
      const countRuns = async (each: TelemetryFilter): Promise<number> =>
        (await history.queryRuns({ filter: each, limit: 0, signal })).total
      return { key, removing: (await mostRemoving(asked, countRuns)) ?? null }
    },
    [history, key],
  )
  const { value } = useAsync(ask)
  return value?.key === key ? value.removing : undefined
}
