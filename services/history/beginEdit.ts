import { sealChunk } from '../columns/checkChunk'
import type { ColumnChunk, ColumnRow } from '../columns/columnChunk'
import { CHUNK_RUNS } from '../columns/columnsVersion'
import { editChunk } from '../columns/editChunk'
import { lastArrived } from '../columns/selectRuns'
import type { ColumnEdit } from './columnEdit'
import { NEW_CHUNK, readHead, type ChunkHead } from './columnsHead'
import type { KnownChunks } from './createKnownChunks'
import type { StorageTransaction } from './storage'

/** Begins to change the columns, inside a transaction that writes `runs`, `scenes`, `columns` and `meta`. */
export async function beginEdit(tx: StorageTransaction, known: KnownChunks): Promise<ColumnEdit> {
  const head = await readHead(tx)
  const chunks = [...head.chunks]
  let { arrived } = head
  const changes = new Map<number, ChunkChange>()
  const written: ColumnChunk[] = []
  const ids = idsOf(head.chunks, known)
  const changeOf = (chunk: number): ChunkChange => {
    const change = changes.get(chunk) ?? { rows: new Map(), removed: new Set() }
    changes.set(chunk, change)
    return change
  }
  return {
    place() {
      const chunk = placeIn(chunks)
      const { revision, runs } = chunks[chunk] ?? NEW_CHUNK
      chunks[chunk] = { revision, runs: runs + 1 }
      return { chunk, arrived: (arrived += 1) }
    },
    knows(runId) {
      for (const { rows } of changes.values()) if (rows.has(runId)) return true
      return ids?.some((ofChunk) => ofChunk.has(runId))
    },
    put: (chunk, row) => void changeOf(chunk).rows.set(row.runId, row),
    remove(chunk, runId) {
      const { rows, removed } = changeOf(chunk)
      rows.delete(runId)
      removed.add(runId)
    },
    touch: (chunk) => void changeOf(chunk),
    async flush() {
      for (const [number, { rows, removed }] of changes) {
        const before = await known.load(tx, number, head.chunks[number] ?? NEW_CHUNK)
        const after = sealChunk(editChunk(before, rows, removed), newRevision())
        chunks[number] = headFor(after)
        tx.put('columns', after)
        written.push(after)
      }
      tx.put('meta', { key: 'columns', value: { ...head, arrived, chunks } })
    },
    committed: () => written.forEach(known.set),
  }
}

/** What becomes of a chunk: rows by their run, and the runs that go. */
interface ChunkChange {
  readonly rows: Map<string, ColumnRow>
  readonly removed: Set<string>
}

/** The chunk that has room, else one more. */
function placeIn(chunks: readonly ChunkHead[]): number {
  const last = chunks.length - 1
  return (chunks[last]?.runs ?? CHUNK_RUNS) < CHUNK_RUNS ? last : chunks.length
}

/** The runs of each chunk, if all of them are known. */
function idsOf(heads: readonly ChunkHead[], known: KnownChunks): readonly ReadonlySet<string>[] | undefined {
  const chunks = heads.flatMap((head, number) => known.get(number, head) ?? [])
  return chunks.length === heads.length ? chunks.map(idSetOf) : undefined
}

const idSets = new WeakMap<ColumnChunk, ReadonlySet<string>>()

function idSetOf(chunk: ColumnChunk): ReadonlySet<string> {
  const ids = idSets.get(chunk) ?? new Set(chunk.runIds)
  idSets.set(chunk, ids)
  return ids
}

/** Never one that was there before, in whichever tab: equal numbers mean equal chunks. */
const newRevision = (): number => 1 + Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)

function headFor(chunk: ColumnChunk): ChunkHead {
  const { revision, runIds, runNumbers } = chunk
  const visible = runNumbers.deletedAt.reduce((sum, at) => sum + (Number.isNaN(at) ? 1 : 0), 0)
  return { revision, runs: runIds.length, visible, arrived: lastArrived(chunk) }
}
