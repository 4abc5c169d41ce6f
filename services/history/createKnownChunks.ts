import { isIntact } from '../columns/checkChunk'
import { emptyChunk, type ColumnChunk } from '../columns/columnChunk'
import { editChunk } from '../columns/editChunk'
import { NEW_CHUNK, type ChunkHead } from './columnsHead'
import { readRows } from './runRecords'
import type { StorageTransaction } from './storage'

/** Chunks as they were last read or written, kept by their number. */
export interface KnownChunks {
  /** The chunk, if it is of this revision. */
  get(number: number, head: ChunkHead): ColumnChunk | undefined
  set(chunk: ColumnChunk): void
  /** The chunk from memory, from storage, or from its runs; inside a transaction over `runs`, `scenes` and `columns`. */
  load(tx: StorageTransaction, number: number, head: ChunkHead): Promise<ColumnChunk>
  /** Takes from storage what is not known of these; answers with what is missing there, damaged or of another revision. */
  fill(tx: StorageTransaction, heads: readonly ChunkHead[]): Promise<readonly number[]>
  /** Makes these anew, for reading alone; inside a transaction over `runs` and `scenes`. */
  make(tx: StorageTransaction, numbers: readonly number[]): Promise<void>
  /** The first chunks; the same array until one changed, so that what was made of it can be kept with it. */
  all(count: number): readonly ColumnChunk[]
}

/** Knows none yet. */
export function createKnownChunks(): KnownChunks {
  const known = new Map<number, ColumnChunk>()
  let array: readonly ColumnChunk[] = []
  const get: KnownChunks['get'] = (number, { revision }) => {
    const chunk = known.get(number)
    return revision > 0 && chunk?.revision === revision ? chunk : undefined
  }
  return {
    get,
    set: (chunk) => void known.set(chunk.chunk, chunk),
    async load(tx, number, head) {
      const before = get(number, head)
      if (before) return before
      const stored = await tx.get('columns', number)
      return isIntact(stored, number, head.revision) ? stored : makeChunk(tx, number)
    },
    async fill(tx, heads) {
      const stale = [...heads.keys()].filter((number) => !get(number, heads[number] ?? NEW_CHUNK))
      const missing: number[] = []
      for (let from = 0; from < stale.length; from += AT_ONCE) {
        const some = stale.slice(from, from + AT_ONCE)
        const stored = await Promise.all(some.map((number) => tx.get('columns', number)))
        for (const [index, number] of some.entries()) {
          const found = stored[index]
          if (isIntact(found, number, heads[number]?.revision ?? 0)) known.set(number, found)
          else missing.push(number)
        }
      }
      return missing
    },
    async make(tx, numbers) {
      for (const number of numbers) known.set(number, await makeChunk(tx, number))
    },
    all(count) {
      for (const number of known.keys()) if (number >= count) known.delete(number)
      const next = Array.from({ length: count }, (_, number) => known.get(number)).flatMap(
        (chunk) => chunk ?? [],
      )
      const isSame = next.length === array.length && next.every((chunk, number) => chunk === array[number])
      return isSame ? array : (array = next)
    },
  }
}

/** Chunks that are read at a time: what others ask of the database meanwhile waits no longer than for these. */
const AT_ONCE = 8

/** A chunk of its runs, of no revision: it is not stored. */
async function makeChunk(tx: StorageTransaction, number: number): Promise<ColumnChunk> {
  const rows = await readRows(tx, number)
  return editChunk(emptyChunk(number), new Map(rows.map((row) => [row.runId, row])))
}
