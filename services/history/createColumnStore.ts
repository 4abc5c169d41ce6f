import { CHUNK_RUNS } from '../columns/columnsVersion'
import { emptyChunk, type ColumnChunk, type ColumnRow } from '../columns/columnChunk'
import { isIntact, sealChunk } from '../columns/checkChunk'
import { editChunk } from '../columns/editChunk'
import { arrivedOf } from '../columns/selectRuns'
import type { WritableStore } from '../shared/createStore'
import type { ColumnEdit } from './columnEdit'
import { readHead, visibleRuns, type ChunkHead } from './columnsHead'
import { readRows } from './runRecords'
import type { Storage, StorageTransaction } from './storage'

export interface ColumnStore {
  /** Inside a transaction that writes `runs`, `scenes`, `columns` and `meta`. */
  edit(tx: StorageTransaction): Promise<ColumnEdit>
  /**
   * All chunks as they are stored now. What is missing, damaged or of another version is made anew from its runs first,
   * with progress in the `maintenance` that it was made with.
   */
  read(): Promise<readonly ColumnChunk[]>
  /** Whether they were read before, so that reading them again is quick. */
  isRead(): boolean
  /** Runs that are not deleted, and where the history stands; undefined while that isn't known. */
  standing(
    tx: StorageTransaction,
  ): Promise<{ readonly visible: number; readonly arrived: number } | undefined>
}
export interface Maintenance {
  readonly task: 'migrate' | 'rebuild'
  readonly share: number
}

export function createColumnStore(
  storage: Storage,
  maintenance: WritableStore<Maintenance | null>,
): ColumnStore {
  /** Chunks as they were last read or written, by their number. */
  const known = new Map<number, ColumnChunk>()
  /** The same array until a chunk changed, so that what was made of it can be kept with it. */
  let array: readonly ColumnChunk[] = []

  const isKnown = (chunk: number, head: ChunkHead): boolean =>
    head.revision > 0 && known.get(chunk)?.revision === head.revision

  /** The chunk, from memory, from storage, or from its runs. */
  const load = async (tx: StorageTransaction, chunk: number, head: ChunkHead): Promise<ColumnChunk> => {
    const before = known.get(chunk)
    if (before && isKnown(chunk, head)) return before
    const stored = await tx.get('columns', chunk)
    if (isIntact(stored, chunk, head.revision)) return stored
    const rows = await readRows(tx, chunk)
    return editChunk(emptyChunk(chunk), new Map(rows.map((row) => [row.runId, row])))
  }

  const edit = async (tx: StorageTransaction): Promise<ColumnEdit> => {
    const head = await readHead(tx)
    const chunks = [...head.chunks]
    const rows = new Map<number, Map<string, ColumnRow>>()
    const removed = new Map<number, Set<string>>()
    const written: ColumnChunk[] = []
    const isWhole = head.chunks.every((of, chunk) => isKnown(chunk, of))
    const ids = isWhole ? head.chunks.map((_, chunk) => idsOf(known.get(chunk))) : undefined
    const touched = <T>(of: Map<number, T>, chunk: number, first: T): T => {
      const value = of.get(chunk) ?? first
      of.set(chunk, value)
      return value
    }
    return {
      place() {
        const last = chunks.length - 1
        const room = (chunks[last]?.runs ?? CHUNK_RUNS) < CHUNK_RUNS
        const chunk = room ? last : chunks.length
        const { revision, runs } = chunks[chunk] ?? NEW_CHUNK
        chunks[chunk] = { revision, runs: runs + 1 }
        return chunk
      },
      knows(runId) {
        for (const ofChunk of rows.values()) if (ofChunk.has(runId)) return true
        return ids ? ids.some((ofChunk) => ofChunk.has(runId)) : undefined
      },
      put: (chunk, row) => void touched(rows, chunk, new Map()).set(row.runId, row),
      remove(chunk, runId) {
        rows.get(chunk)?.delete(runId)
        touched(removed, chunk, new Set()).add(runId)
      },
      touch: (chunk) => void touched(rows, chunk, new Map()),
      async flush() {
        for (const number of new Set([...rows.keys(), ...removed.keys()])) {
          const before = await load(tx, number, head.chunks[number] ?? NEW_CHUNK)
          const after = sealChunk(
            editChunk(before, rows.get(number) ?? NO_ROWS, removed.get(number)),
            newRevision(),
          )
          chunks[number] = headFor(after)
          tx.put('columns', after)
          written.push(after)
        }
        tx.put('meta', { key: 'columns', value: { ...head, chunks } })
      },
      committed: () => written.forEach((chunk) => known.set(chunk.chunk, chunk)),
    }
  }

  const rebuild = async (numbers: readonly number[]): Promise<void> => {
    for (const [done, number] of numbers.entries()) {
      maintenance.set({ task: 'rebuild', share: done / numbers.length })
      let made: ColumnEdit | undefined
      await storage.write(WRITTEN, async (tx) => {
        made = await edit(tx)
        made.touch(number)
        await made.flush()
      })
      made?.committed()
    }
    maintenance.set(null)
  }

  const readNow = async (): Promise<readonly ColumnChunk[]> => {
    const { chunks, missing } = await storage.read(WRITTEN, async (tx) => {
      const head = await readHead(tx)
      const stale = [...head.chunks.keys()].filter(
        (chunk) => !isKnown(chunk, head.chunks[chunk] ?? NEW_CHUNK),
      )
      const missing: number[] = []
      for (let from = 0; from < stale.length; from += AT_ONCE) {
        const some = stale.slice(from, from + AT_ONCE)
        const stored = await Promise.all(some.map((chunk) => tx.get('columns', chunk)))
        for (const [index, chunk] of some.entries()) {
          const found = stored[index]
          if (isIntact(found, chunk, head.chunks[chunk]?.revision ?? 0)) known.set(chunk, found)
          else missing.push(chunk)
        }
      }
      return { chunks: head.chunks, missing }
    })
    if (missing.length > 0) {
      await rebuild(missing)
      return readNow()
    }
    for (const number of known.keys()) if (number >= chunks.length) known.delete(number)
    const next = chunks.flatMap((_, number) => known.get(number) ?? [])
    const isSame = next.length === array.length && next.every((chunk, number) => chunk === array[number])
    return isSame ? array : (array = next)
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    edit,
    read() {
      const turn = last.then(readNow)
      last = turn.catch(() => undefined)
      return turn
    },
    isRead: () => array.length > 0,
    async standing(tx) {
      const head = await readHead(tx)
      const visible = visibleRuns(head)
      return visible === undefined ? undefined : { visible, arrived: arrivedOf(head.chunks) }
    },
  }
}

/** Chunks that are read at a time: what others ask of the database meanwhile waits no longer than for these. */
const AT_ONCE = 8
const WRITTEN = ['runs', 'scenes', 'columns', 'meta'] as const
const NEW_CHUNK: ChunkHead = { revision: 0, runs: 0, visible: 0 }
const NO_ROWS: ReadonlyMap<string, ColumnRow> = new Map()

const idSets = new WeakMap<ColumnChunk, ReadonlySet<string>>()

function idsOf(chunk: ColumnChunk | undefined): ReadonlySet<string> {
  const ids = (chunk && idSets.get(chunk)) ?? new Set(chunk?.runIds)
  if (chunk) idSets.set(chunk, ids)
  return ids
}

/** Never one that was there before, in whichever tab: equal numbers mean equal chunks. */
const newRevision = (): number => 1 + Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)

function headFor({ revision, runIds, runNumbers }: ColumnChunk): ChunkHead {
  const visible = runNumbers.deletedAt.reduce((sum, at) => sum + (Number.isNaN(at) ? 1 : 0), 0)
  return { revision, runs: runIds.length, visible }
}
