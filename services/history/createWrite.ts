import type { Revision } from './createRevision'
import type { StoreName } from './schema'
import type { Storage, StorageTransaction } from './storage'

/** A transaction over `stores` and `meta` that raises the revision. */
export type Write = <T>(
  stores: readonly StoreName[],
  body: (tx: StorageTransaction) => Promise<T>,
) => Promise<T>

/** The only way in which anything of the history is written: all of a transaction or nothing, then told to every tab. */
export function createWrite(storage: Storage, revision: Revision): Write {
  return async (stores, body) => {
    const [result, raised] = await storage.write([...new Set([...stores, 'meta' as const])], (tx) =>
      // Asked for at once, so that it costs no turn of its own.
      Promise.all([body(tx), revision.raise(tx)]),
    )
    revision.announce(raised)
    return result
  }
}
