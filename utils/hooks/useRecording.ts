import { useCallback } from 'react'
import type { RecordingState, StorageReport } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useShownEntry } from './useServers'
import { useRevision } from './useRunHistory'
import { useThrottledStore } from './useThrottledStore'

/** Whether this tab writes what the shown server tells into the history, and if not, why. */
export function useRecording(): RecordingState {
  const first = useThrottledStore(useTelemetry().recording, (state) => state, 0)
  return useShownEntry(({ recording }) => recording) ?? first
}

/** Where the history is and how much room it takes; null until it is open. */
export function useStorageReport(): StorageReport | null {
  const { history } = useTelemetry()
  const revision = useRevision()
  const ask = useCallback(() => {
    void revision
    return history.storage()
  }, [history, revision])
  return useAsync(ask).value ?? null
}
