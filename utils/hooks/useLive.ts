import type { LiveState } from '../../types'
import { useShownRealtime } from './ShownServer'
import { useThrottledStore } from './useThrottledStore'

/** A part of the shown server's live state: a primitive or a reference of it, never an object made in `select`. */
export function useLive<T>(select: (state: LiveState) => T, bufferMs?: number): T {
  return useThrottledStore(useShownRealtime(), select, bufferMs)
}
