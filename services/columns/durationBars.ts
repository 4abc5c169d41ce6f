import { bisect } from '../shared/bisect'
import type { ColumnChunk } from './columnChunk'

/** Upper bounds of the histogram's bars, ms: five to a decade. */
export const BAR_BOUNDS: readonly number[] = Array.from({ length: 22 }, (_, index) =>
  Math.round(1_000 * 10 ** (index / 5)),
)

const barsOf = new WeakMap<ColumnChunk, Uint8Array>()

/** The bar of each scene's duration, counted from 1; 0 is absent. Made once for a chunk, and not to be written to. */
export function durationBars(chunk: ColumnChunk): Uint8Array {
  const known = barsOf.get(chunk)
  if (known) return known
  const bars = Uint8Array.from(chunk.sceneNumbers.duration, (ms) => (Number.isNaN(ms) ? 0 : 1 + barOf(ms)))
  barsOf.set(chunk, bars)
  return bars
}

/** How many bounds a duration has reached. */
const barOf = (ms: number): number => bisect(BAR_BOUNDS, (bound) => bound > ms)
