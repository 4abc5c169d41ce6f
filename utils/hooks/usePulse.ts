import { useEffect, useRef, useState } from 'react'

/** A value pulses at most so often. */
const PULSE_EVERY_MS = 1_000

/**
 * Counts up when `value` changed, at most once a second: the key of an animation that shows the change. The first value is none.
 */
export function usePulse(value: unknown, isOff = false): number {
  const [pulses, setPulses] = useState(0)
  const last = useRef({ value, at: 0 })
  useEffect(() => {
    const { current } = last
    if (Object.is(current.value, value)) return
    current.value = value
    const now = Date.now()
    if (isOff || now - current.at < PULSE_EVERY_MS) return
    current.at = now
    setPulses((count) => count + 1)
  }, [value, isOff])
  return pulses
}
