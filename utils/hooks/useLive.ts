import type { LiveState } from '../../types'
import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'

/** A part of the live state: a primitive or a reference of it, never an object made in `select`. */
export function useLive<T>(select: (state: LiveState) => T, bufferMs?: number): T {
  return useThrottledStore(useTelemetry().realtime, select, bufferMs)
}
