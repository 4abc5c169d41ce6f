import type { Write } from './createWrite'
import type { StoreName } from './schema'

const DATA_STORES: readonly StoreName[] = [
  'runs',
  'scenes',
  'recommendations',
  'filterPresets',
  'samples',
  'columns',
  'sources',
  'open',
  'jobs',
]
/** Rows of `meta` that are no data of a person. */
const KEPT: ReadonlySet<string> = new Set(['revision', 'lease', 'servers', 'draft'])

/** Empties the history for good, but for what it knows of itself. */
export const eraseEverything = (write: Write): Promise<void> =>
  write(DATA_STORES, async (tx) => {
    DATA_STORES.forEach(tx.clear)
    for (const { key } of await tx.getAll('meta')) if (!KEPT.has(key)) tx.delete('meta', key)
  })
