import type { ColumnStore } from './createColumnStore'
import type { Revision } from './createRevision'
import type { RunWriter } from './runRecords'
import type { StoreName } from './schema'
import type { Storage, StorageTransaction } from './storage'

/** A transaction over `stores` and `meta` that raises the revision. */
export type Write = <T>(
  stores: readonly StoreName[],
  body: (tx: StorageTransaction) => Promise<T>,
) => Promise<T>
/** The same over `runs`, `scenes` and `columns` besides, which it keeps in step. */
export type WriteRuns = <T>(
  stores: readonly StoreName[],
  body: (writer: RunWriter) => Promise<T>,
) => Promise<T>

/** The only way in which anything of the history is written: all of a transaction or nothing, then told to every tab. */
export function createRunWrites(
  storage: Storage,
  revision: Revision,
  columns: ColumnStore,
): { readonly write: Write; readonly writeRuns: WriteRuns } {
  const write: Write = async (stores, body) => {
    const result = await storage.write([...new Set([...stores, 'meta' as const])], async (tx) => {
      // Asked for at once, so that it costs no turn of its own.
      const [outcome] = await Promise.all([body(tx), revision.raise(tx)])
      return outcome
    })
    revision.announce()
    return result
  }
  return {
    write,
    async writeRuns(stores, body) {
      let committed = (): void => undefined
      const result = await write([...RUN_STORES, ...stores], async (tx) => {
        const edit = await columns.edit(tx)
        const outcome = await body({ tx, columns: edit })
        await edit.flush()
        committed = edit.committed
        return outcome
      })
      committed()
      return result
    },
  }
}

const RUN_STORES = ['runs', 'scenes', 'columns'] as const
