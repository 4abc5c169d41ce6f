import { IDBFactory } from 'fake-indexeddb'
// idb tells databases, stores and requests apart by the global classes.
import 'fake-indexeddb/auto'

/** An empty IndexedDB of its own. */
export const freshIndexedDB = (): IDBFactory => new IDBFactory()
