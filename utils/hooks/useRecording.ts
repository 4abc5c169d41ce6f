import type { RecordingState, StorageReport } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'
import { useShownEntry } from './useServers'
import { useThrottledStore } from './useThrottledStore'

/** Whether this tab writes what the shown server tells into the history, and if not, why. */
export function useRecording(): RecordingState {
  const first = useThrottledStore(useTelemetry().recording, (state) => state, 0)
  return useShownEntry(({ recording }) => recording) ?? first
}

/** Where the history is and how much room it takes; null until it is open. */
export function useStorageReport(): StorageReport | null {
  return useHistoryAnswer(null, askStorage).value ?? null
}

const askStorage: AskHistory<null, StorageReport> = (history) => history.storage()
