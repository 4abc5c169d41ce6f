import type { ColumnChunk } from '../columns/columnChunk'
import type { WritableStore } from '../shared/createStore'
import { beginEdit } from './beginEdit'
import type { ColumnEdit } from './columnEdit'
import { createHeadReader, standingAt, visibleRuns } from './columnsHead'
import { createKnownChunks } from './createKnownChunks'
import type { Maintenance } from './maintenance'
import { createReadChunks } from './createReadChunks'
import type { Storage, StorageTransaction } from './storage'

/** The columns as they are stored, and the way to change them. */
export interface ColumnStore {
  /** Inside a transaction that writes `runs`, `scenes`, `columns` and `meta`. */
  edit(tx: StorageTransaction): Promise<ColumnEdit>
  /**
   * All chunks as they are stored now. What is missing, damaged or of another version is made anew from its runs first,
   * with progress in the `maintenance` that it was made with; it is stored if there is room for it.
   */
  read(): Promise<readonly ColumnChunk[]>
  /** Whether they were read before, so that reading them again is quick. */
  isRead(): boolean
  /** Runs that are not deleted, and where the history stands; undefined while that isn't known. */
  standing(
    tx: StorageTransaction,
  ): Promise<{ readonly visible: number; readonly arrived: number } | undefined>
}

/** The columns of one history; it keeps in memory what it read or wrote. */
export function createColumnStore(
  storage: Storage,
  maintenance: WritableStore<Maintenance | null>,
): ColumnStore {
  const known = createKnownChunks()
  const readHead = createHeadReader()
  const readChunks = createReadChunks(storage, readHead, known, maintenance)
  let isRead = false
  let last: Promise<unknown> = Promise.resolve()
  return {
    edit: async (tx) => beginEdit(tx, await readHead(tx), known),
    read() {
      const turn = last.then(readChunks)
      last = turn.then(
        (chunks) => (isRead = chunks.length > 0),
        () => undefined,
      )
      return turn
    },
    isRead: () => isRead,
    async standing(tx) {
      const head = await readHead(tx)
      const visible = visibleRuns(head)
      return visible === undefined ? undefined : { visible, arrived: standingAt(head) }
    },
  }
}
