import type { RunHistory } from '../../types'
import type { ColumnChunk } from '../columns/columnChunk'
import { deletionsOf } from '../columns/deletionsOf'
import type { ColumnStore } from './createColumnStore'
import type { Storage } from './storage'
import { UNDO_MS } from './undoRow'

/** So many deletions are told one by one. */
const NEWEST = 20

/** Tells what can be brought back still. Where nothing is deleted, which is most often, no columns are read for it. */
export function createDeletions(
  storage: Storage,
  columns: Pick<ColumnStore, 'isRead' | 'standing'>,
  readColumns: () => Promise<readonly ColumnChunk[]>,
  now: () => number,
): RunHistory['deletions'] {
  const hasNone = (): Promise<boolean> =>
    storage.read(['runs', 'meta'], async (tx) => {
      const [standing, runs] = await Promise.all([columns.standing(tx), tx.count('runs')])
      return standing?.visible === runs
    })
  return async () => {
    if (!columns.isRead() && (await hasNone())) return { newest: [], older: 0 }
    const all = deletionsOf(await readColumns(), now() - UNDO_MS)
    const newest = all.slice(0, NEWEST).map((each) => ({ ...each, until: each.deletedAt + UNDO_MS }))
    return { newest, older: all.length - newest.length }
  }
}
