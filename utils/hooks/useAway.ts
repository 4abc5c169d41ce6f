import { useCallback, useEffect, useState } from 'react'
import type { AwayPeriod } from '../away/awaySummary'
import { readLastLook, writeLastLook } from '../away/lastLook'
import { createAttention } from '../tab/createAttention'

/** A shorter time elsewhere is worth no summary. */
const AWAY_MS = 60_000
/** A visible page notes the time so often; the gap that a sleeping machine leaves is found by it too. */
const BEAT_MS = 15_000

/**
 * The time during which nobody looked at any page of this origin, from the moment somebody looks again until it is dismissed or
 * followed by another; null before. Closed pages count as not looked at.
 */
export function useAway(): { readonly period: AwayPeriod | null; readonly dismiss: () => void } {
  const [period, setPeriod] = useState<AwayPeriod | null>(null)
  useEffect(() => {
    const attention = createAttention()
    const look = (): void => {
      const to = Date.now()
      const from = readLastLook()
      if (from !== undefined && to - from >= AWAY_MS) setPeriod({ from, to })
      writeLastLook(to)
    }
    const beat = (): void => {
      if (attention.isVisible()) look()
    }
    const timer = setInterval(beat, BEAT_MS)
    const leave = (): void => writeLastLook(Date.now())
    attention.subscribe(() => (attention.isVisible() ? look() : leave()))
    beat()
    return () => {
      clearInterval(timer)
      attention.dispose()
    }
  }, [])
  return { period, dismiss: useCallback(() => setPeriod(null), []) }
}
