import type { ColumnChunk } from '../columns/columnChunk'
import type { WritableStore } from '../shared/createStore'
import { beginEdit } from './beginEdit'
import type { ColumnEdit } from './columnEdit'
import { readHead } from './columnsHead'
import type { Maintenance } from './maintenance'
import type { KnownChunks } from './createKnownChunks'
import type { Storage } from './storage'

/** All chunks as they are stored now; those that can't be used are made anew first, with progress in `maintenance`. */
export async function readChunks(
  storage: Storage,
  known: KnownChunks,
  maintenance: WritableStore<Maintenance | null>,
): Promise<readonly ColumnChunk[]> {
  const { count, missing } = await storage.read(STORES, async (tx) => {
    const { chunks } = await readHead(tx)
    return { count: chunks.length, missing: await known.fill(tx, chunks) }
  })
  if (missing.length === 0) return known.all(count)
  await rebuild(storage, known, maintenance, missing)
  return readChunks(storage, known, maintenance)
}

async function rebuild(
  storage: Storage,
  known: KnownChunks,
  maintenance: WritableStore<Maintenance | null>,
  numbers: readonly number[],
): Promise<void> {
  for (const [done, number] of numbers.entries()) {
    maintenance.set({ task: 'rebuild', share: done / numbers.length })
    let made: ColumnEdit | undefined
    await storage.write(STORES, async (tx) => {
      made = await beginEdit(tx, known)
      made.touch(number)
      await made.flush()
    })
    made?.committed()
  }
  maintenance.set(null)
}

const STORES = ['runs', 'scenes', 'columns', 'meta'] as const
