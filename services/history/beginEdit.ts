import { sealChunk } from '../columns/checkChunk'
import type { ColumnChunk } from '../columns/columnChunk'
import { CHUNK_RUNS } from '../columns/columnsVersion'
import { editChunk } from '../columns/editChunk'
import { definedMembers } from '../shared/definedMembers'
import { headAfter, noChange, putRow, type ChunkChange } from './chunkChange'
import { longerTail } from './chunkTail'
import type { ColumnEdit } from './columnEdit'
import { headOfChunk, headRow, NEW_CHUNK, type ChunkHead, type ColumnsHead } from './columnsHead'
import type { KnownChunks } from './createKnownChunks'
import type { StorageTransaction } from './storage'

/** Begins to change the columns, inside a transaction that writes `runs`, `scenes`, `columns` and `meta`. */
export function beginEdit(tx: StorageTransaction, head: ColumnsHead, known: KnownChunks): ColumnEdit {
  /** The heads, with the runs placed so far counted in. */
  const chunks = [...head.chunks]
  let { arrived } = head
  const changes = new Map<number, ChunkChange>()
  const changeOf = (chunk: number): ChunkChange => {
    const change = changes.get(chunk) ?? noChange()
    changes.set(chunk, change)
    return change
  }
  let ids: readonly ReadonlySet<string>[] | undefined
  let tell: readonly (() => void)[] = []
  return {
    place() {
      const chunk = placeIn(chunks)
      const { revision, runs } = chunks[chunk] ?? NEW_CHUNK
      chunks[chunk] = { revision, runs: runs + 1 }
      return { chunk, arrived: (arrived += 1) }
    },
    knows(runId) {
      for (const { rows } of changes.values()) if (rows.has(runId)) return true
      ids ??= idsOf(head.chunks, known)
      return ids?.some((ofChunk) => ofChunk.has(runId))
    },
    put: (chunk, row, before) => putRow(changeOf(chunk), row, before),
    remove(chunk, runId) {
      const { rows, removed } = changeOf(chunk)
      rows.delete(runId)
      removed.add(runId)
    },
    touch: (chunk) => void changeOf(chunk),
    async flush() {
      const written =
        (await writeTail(tx, known, head, changes)) ?? (await writeChunks(tx, known, head, changes))
      tx.put('meta', headRow({ version: head.version, arrived, ...written.head }))
      tell = written.tell
    },
    committed: () => tell.forEach((each) => each()),
  }
}

interface Written {
  readonly head: Pick<ColumnsHead, 'chunks' | 'tail'>
  /** What readers get to know after the commit. */
  readonly tell: readonly (() => void)[]
}

/** A small change of one chunk goes into the tail; undefined, and nothing written, where it does not fit. */
async function writeTail(
  tx: StorageTransaction,
  known: KnownChunks,
  head: ColumnsHead,
  changes: ReadonlyMap<number, ChunkChange>,
): Promise<Written | undefined> {
  const [[number, change] = []] = changes
  if (number === undefined || !change || changes.size > 1) return undefined
  const before = head.chunks[number] ?? NEW_CHUNK
  const after = headAfter(before, change, newRevision())
  const own = head.tail?.chunk === number ? head.tail : undefined
  const begun = own ?? { chunk: number, base: before.revision }
  const tail = after && longerTail(begun, own, change.rows)
  if (!after || !tail) return undefined
  // There is one tail: the chunk that had it is written before another gets it.
  if (head.tail && head.tail.chunk !== number)
    tx.put('columns', sealChunk(await known.load(tx, head.tail.chunk, head)))
  return {
    head: { chunks: Object.assign([...head.chunks], { [number]: after }), tail },
    tell: [() => known.edit(number, before, change.rows, after.revision)],
  }
}

async function writeChunks(
  tx: StorageTransaction,
  known: KnownChunks,
  head: ColumnsHead,
  changes: ReadonlyMap<number, ChunkChange>,
): Promise<Written> {
  const chunks = [...head.chunks]
  const tell: (() => void)[] = []
  for (const [number, { rows, removed }] of changes) {
    const before = await known.load(tx, number, head)
    const after = sealChunk({ ...editChunk(before, rows, removed), revision: newRevision() })
    tx.put('columns', after)
    chunks[number] = headOfChunk(after)
    tell.push(() => known.set(after))
  }
  const tail = head.tail && !changes.has(head.tail.chunk) ? head.tail : undefined
  return { head: { chunks, ...definedMembers({ tail }) }, tell }
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
