import { isIntact } from '../columns/checkChunk'
import { emptyChunk, type ColumnChunk, type ColumnRow } from '../columns/columnChunk'
import { editChunk } from '../columns/editChunk'
import { withTail } from './chunkTail'
import { headOfChunk, NEW_CHUNK, type ChunkHead, type ColumnsHead } from './columnsHead'
import { readRows } from './runRecords'
import type { StorageTransaction } from './storage'

/** Chunks as they were last read or written, kept by their number. */
export interface KnownChunks {
  /** The chunk, if it is of this revision. */
  get(number: number, head: ChunkHead): ColumnChunk | undefined
  set(chunk: ColumnChunk): void
  /** Puts rows into the chunk of this head, if it is known; they are put in when it is asked for. */
  edit(number: number, head: ChunkHead, rows: ReadonlyMap<string, ColumnRow>, revision: number): void
  /** The chunk from memory, from storage, or from its runs; inside a transaction over `runs`, `scenes` and `columns`. */
  load(tx: StorageTransaction, number: number, head: ColumnsHead): Promise<ColumnChunk>
  /**
   * Reads the chunks that are not in memory; resolves to the numbers of those that are missing, damaged or of another revision.
   */
  fill(tx: StorageTransaction, head: ColumnsHead): Promise<readonly number[]>
  /** Makes these anew, for reading alone; inside a transaction over `runs` and `scenes`. */
  make(tx: StorageTransaction, numbers: readonly number[]): Promise<void>
  /** The first chunks; the same array until one changed, so that what was made of it can be kept with it. */
  all(count: number): readonly ColumnChunk[]
}

/** Knows none yet. */
export function createKnownChunks(): KnownChunks {
  const known = new Map<number, Known>()
  let array: readonly ColumnChunk[] = []
  const find = (number: number, { revision }: ChunkHead): Known | undefined => {
    const found = known.get(number)
    return revision > 0 && found?.revision === revision ? found : undefined
  }
  const get: KnownChunks['get'] = (number, head) => find(number, head)?.chunk()
  const set: KnownChunks['set'] = (chunk) =>
    void known.set(chunk.chunk, knownChunk(chunk, NO_ROWS, chunk.revision))
  return {
    get,
    set,
    edit(number, head, rows, revision) {
      const before = find(number, head)
      if (before) known.set(number, before.edited(rows, revision))
    },
    async load(tx, number, head) {
      const ofChunk = head.chunks[number]
      if (!ofChunk) return emptyChunk(number)
      const before = get(number, ofChunk)
      if (before) return before
      return storedChunk(await tx.get('columns', number), number, head) ?? makeChunk(tx, number)
    },
    async fill(tx, head) {
      const stale = [...head.chunks.entries()].flatMap(([number, chunk]) =>
        get(number, chunk) ? [] : number,
      )
      const missing: number[] = []
      for (let from = 0; from < stale.length; from += AT_ONCE) {
        const some = stale.slice(from, from + AT_ONCE)
        const stored = await Promise.all(some.map((number) => tx.get('columns', number)))
        for (const [index, number] of some.entries()) {
          const found = storedChunk(stored[index], number, head)
          if (found) set(found)
          else missing.push(number)
        }
      }
      return missing
    },
    async make(tx, numbers) {
      for (const number of numbers) set(await makeChunk(tx, number))
    },
    all(count) {
      for (const number of known.keys()) if (number >= count) known.delete(number)
      const next = Array.from({ length: count }, (_, number) => known.get(number)?.chunk()).flatMap(
        (chunk) => chunk ?? [],
      )
      const isSame = next.length === array.length && next.every((chunk, number) => chunk === array[number])
      return isSame ? array : (array = next)
    },
  }
}

interface Known {
  readonly revision: number
  /** Made when it is first asked for. */
  chunk(): ColumnChunk
  /** The same with these rows put in; however often, they are put into the chunk once. */
  edited(rows: ReadonlyMap<string, ColumnRow>, revision: number): Known
}

function knownChunk(base: ColumnChunk, rows: ReadonlyMap<string, ColumnRow>, revision: number): Known {
  let made = rows.size === 0 ? base : undefined
  return {
    revision,
    chunk: () => (made ??= { ...editChunk(base, rows), revision }),
    edited: (more, next) =>
      made ? knownChunk(made, more, next) : knownChunk(base, new Map([...rows, ...more]), next),
  }
}

const NO_ROWS: ReadonlyMap<string, ColumnRow> = new Map()

/** Chunks that are read at a time: what others ask of the database meanwhile waits no longer than for these. */
const AT_ONCE = 8

/** What is stored of a chunk, its tail included; undefined where that is not the chunk that the head speaks of. */
function storedChunk(
  record: ColumnChunk | undefined,
  number: number,
  { chunks, tail }: ColumnsHead,
): ColumnChunk | undefined {
  const told = chunks[number] ?? NEW_CHUNK
  const own = tail?.chunk === number ? tail : undefined
  if (!isIntact(record, number, own?.base ?? told.revision)) return undefined
  const chunk = own ? withTail(record, own, told.revision) : record
  const { runs, visible } = headOfChunk(chunk)
  return runs === told.runs && visible === told.visible ? chunk : undefined
}

/** A chunk of its runs, of no revision: it is not stored. */
async function makeChunk(tx: StorageTransaction, number: number): Promise<ColumnChunk> {
  const rows = await readRows(tx, number)
  return editChunk(emptyChunk(number), new Map(rows.map((row) => [row.runId, row])))
}
