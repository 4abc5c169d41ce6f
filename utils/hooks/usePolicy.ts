import { useSyncExternalStore } from 'react'
import type { QueuePolicy } from '../../types'
import { useTelemetry } from './TelemetryProvider'

/** The policy of the next run, and a way to change it. */
export function usePolicy(): readonly [QueuePolicy, (policy: QueuePolicy) => void] {
  const { policy } = useTelemetry()
  return [useSyncExternalStore(policy.subscribe, policy.getSnapshot), policy.set]
}
