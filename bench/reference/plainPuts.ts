import { unwrap, type IDBPDatabase } from 'idb'

/** Records to put and the store of each. */
export type Puts = readonly (readonly [store: string, value: object])[]

/** Row H5's reference: plain idb puts, a transaction for each batch, none of them awaited singly. */
export async function plainPuts(db: IDBPDatabase, batches: Iterable<Puts>): Promise<void> {
  for (const puts of batches) {
    const tx = db.transaction(['runs', 'scenes'], 'readwrite')
    for (const [store, value] of puts) void unwrap(tx.objectStore(store)).put(value)
    await tx.done
  }
}
