import { useCallback } from 'react'
import { findRoom, type RoomReport } from '../history/findRoom'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'

/** What deleting the oldest runs would free, where `missing` bytes found no room; undefined bytes: nobody knows how many. */
export function useRoom(missing: number | undefined): AsyncAnswer<RoomReport> {
  const { history } = useTelemetry()
  return useAsync(useCallback(() => findRoom(history, missing), [history, missing]))
}
