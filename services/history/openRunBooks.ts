import { watchSilence, type SilenceWorld } from '../recorder/watchSilence'
import { createRunBooks, type RunBooks } from './createRunBooks'
import type { Write } from './createWrite'
import type { Maintenance } from './maintenance'
import type { Storage } from './storage'
import type { WritableStore } from '../shared/createStore'

/** What writes runs, and with it what ends those of servers that fell silent while this tab holds the lease. */
export function openRunBooks(
  storage: Storage,
  write: Write,
  maintenance: WritableStore<Maintenance | null>,
  world: Pick<SilenceWorld, 'lease' | 'streams' | 'now'>,
): RunBooks {
  const books = createRunBooks(storage, write, maintenance)
  watchSilence({ ...world, storage, writeRuns: books.writeRuns })
  return books
}
