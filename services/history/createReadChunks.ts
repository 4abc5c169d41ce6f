import type { ColumnChunk } from '../columns/columnChunk'
import type { WritableStore } from '../shared/createStore'
import { beginEdit } from './beginEdit'
import type { ColumnEdit } from './columnEdit'
import type { ReadHead } from './columnsHead'
import type { KnownChunks } from './createKnownChunks'
import { revisionOf } from './createRevision'
import type { Maintenance } from './maintenance'
import type { Storage } from './storage'

/** Reads all chunks as they are now. */
export type ReadChunks = () => Promise<readonly ColumnChunk[]>

/**
 * Those that can't be used are made anew first, with progress in `maintenance`. Where they can't be stored, for want of room, they
 * are made for this page alone: the runs are whole, and reading goes on. It is tried again when something else was written.
 */
export function createReadChunks(
  storage: Storage,
  readHead: ReadHead,
  known: KnownChunks,
  maintenance: WritableStore<Maintenance | null>,
): ReadChunks {
  let unstoredAt: number | undefined
  const read = async (isRebuilt: boolean): Promise<readonly ColumnChunk[]> => {
    const { count, missing, revision } = await storage.read(STORES, async (tx) => {
      const head = await readHead(tx)
      const missing = await known.fill(tx, head)
      const revision = revisionOf((await tx.get('meta', 'revision'))?.value)
      return { count: head.chunks.length, missing, revision }
    })
    if (missing.length === 0 || unstoredAt === revision) return known.all(count)
    if (!isRebuilt && (await isStored(rebuild(storage, readHead, known, maintenance, missing))))
      return read(true)
    await storage.read(STORES, (tx) => known.make(tx, missing))
    unstoredAt = revision
    return known.all(count)
  }
  return () => read(false)
}

/** Whether it was stored; where it wasn't, that is for the next one who writes to tell. */
const isStored = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )

async function rebuild(
  storage: Storage,
  readHead: ReadHead,
  known: KnownChunks,
  maintenance: WritableStore<Maintenance | null>,
  numbers: readonly number[],
): Promise<void> {
  try {
    for (const [done, number] of numbers.entries()) {
      maintenance.set({ task: 'rebuild', share: done / numbers.length })
      let made: ColumnEdit | undefined
      await storage.write(STORES, async (tx) => {
        made = beginEdit(tx, await readHead(tx), known)
        made.touch(number)
        await made.flush()
      })
      made?.committed()
    }
  } finally {
    maintenance.set(null)
  }
}

const STORES = ['runs', 'scenes', 'columns', 'meta'] as const
