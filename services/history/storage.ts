import type { StoreKey, StoreName, StoreValue } from './schema'

/** What one transaction may do. Await nothing but these inside it: anything else lets IndexedDB commit early. */
export interface StorageTransaction {
  get<S extends StoreName>(store: S, key: StoreKey<S>): Promise<StoreValue<S> | undefined>
  getAll<S extends StoreName>(store: S): Promise<StoreValue<S>[]>
  /** All whose compound key begins with `first`, in key order. */
  getAllOf<S extends 'scenes' | 'samples' | 'open'>(store: S, first: string): Promise<StoreValue<S>[]>
  /** The newest by `timestamp`, newest first. */
  getNewest<S extends 'runs' | 'scenes'>(store: S, limit: number): Promise<StoreValue<S>[]>
  /** All whose `timestamp` is not before `since`, oldest first. */
  getSince<S extends 'runs' | 'scenes'>(store: S, since: number): Promise<StoreValue<S>[]>
  /** All scenes of exactly this `timestamp`. */
  getScenesAt(timestamp: number): Promise<StoreValue<'scenes'>[]>
  count(store: StoreName): Promise<number>
  getRunning(): Promise<StoreValue<'runs'>[]>
  /** The runs of a chunk of the columns, in key order. */
  getChunkRuns(chunk: number): Promise<StoreValue<'runs'>[]>
  /** The greatest chunk from this one on that a run is in. Takes seconds where many were deleted there: Chromium walks over them. */
  lastChunk(from: number): Promise<number | undefined>
  /** Not awaited: a put that fails aborts the whole transaction. */
  put<S extends StoreName>(store: S, value: StoreValue<S>): void
  delete<S extends StoreName>(store: S, key: StoreKey<S>): void
  clear(store: StoreName): void
}

/**
 * The one door to what is stored, narrow enough that IndexedDB, memory and one day a team's server can stand behind it.
 * A transaction writes all it put or nothing, and rejects with a HistoryError.
 */
export interface Storage {
  readonly mode: 'indexeddb' | 'memory'
  read<T>(stores: readonly StoreName[], body: (tx: StorageTransaction) => Promise<T>): Promise<T>
  write<T>(stores: readonly StoreName[], body: (tx: StorageTransaction) => Promise<T>): Promise<T>
  /** Every later transaction rejects with `closed`. */
  close(): void
}
