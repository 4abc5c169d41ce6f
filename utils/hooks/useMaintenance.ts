import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'

/** Why the history is not whole yet, and how far it is; null when it is. */
export function useMaintenance(): { readonly task: 'migrate' | 'rebuild'; readonly share: number } | null {
  return useThrottledStore(useTelemetry().history.maintenance, (state) => state, 250)
}
