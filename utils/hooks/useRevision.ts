import { useTelemetry } from './TelemetryProvider'
import { useThrottledStore } from './useThrottledStore'

/** A history that is being written to is asked again at most so often. */
export const REFRESH_MS = 500

/** Grows with every committed write, of whichever tab; told at most every `everyMs`. */
export function useRevision(everyMs = REFRESH_MS): number {
  return useThrottledStore(useTelemetry().history, revisionOf, everyMs)
}

const revisionOf = ({ revision }: { readonly revision: number }): number => revision
