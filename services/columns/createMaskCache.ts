import { createRecentMap, type RecentMap } from '../shared/createRecentMap'
import type { ColumnChunk } from './columnChunk'
import type { Mask } from './mask'

/** Masks by chunk and key; a chunk that was replaced takes its masks with it. */
export interface MaskCache {
  /** The mask that is kept, else the one that `make` makes, which is kept then. */
  of(chunk: ColumnChunk, key: string, make: (chunk: ColumnChunk) => Mask): Mask
}

/** About as many terms as a panel full of criteria has, and the last few of a word that is being typed. */
const MASKS = 24

/** Keeps the last masks of each chunk for as long as the chunk is. */
export function createMaskCache(): MaskCache {
  const masks = new WeakMap<ColumnChunk, RecentMap<Mask>>()
  return {
    of(chunk, key, make) {
      const ofChunk = masks.get(chunk) ?? createRecentMap<Mask>(MASKS)
      const known = ofChunk.get(key)
      if (known || ofChunk.has(key)) return known
      masks.set(chunk, ofChunk)
      const made = make(chunk)
      ofChunk.set(key, made)
      return made
    },
  }
}
