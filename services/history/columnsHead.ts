import type { ColumnChunk } from '../columns/columnChunk'
import { COLUMNS_VERSION, CHUNK_RUNS } from '../columns/columnsVersion'
import { lastArrived } from '../columns/selectRuns'
import { definedMembers } from '../shared/definedMembers'
import { isObject } from '../shared/isObject'
import { isTail, type ChunkTail } from './chunkTail'
import type { MetaRow } from './schema'
import type { StorageTransaction } from './storage'

/** What `meta` knows of one chunk. Revision 0: it is not known to be stored, and is made anew from its runs. */
export interface ChunkHead {
  readonly revision: number
  readonly runs: number
  /** Runs that are not deleted; absent while that isn't known. */
  readonly visible?: number
  /** The greatest place of its runs among all that ever came; absent while that isn't known. */
  readonly arrived?: number
}
/** Of a chunk that isn't there yet. */
export const NEW_CHUNK: ChunkHead = { revision: 0, runs: 0, visible: 0 }

/** The row `columns` of `meta`: which chunks there are, and which revision of each is the newest. */
export interface ColumnsHead {
  readonly version: number
  /** How many runs ever came. */
  readonly arrived: number
  readonly chunks: readonly ChunkHead[]
  /** Of one chunk at most, what its record has not yet. */
  readonly tail?: ChunkTail
}

/** Reads the head, inside a transaction over `runs` and `meta`. */
export type ReadHead = (tx: StorageTransaction) => Promise<ColumnsHead>

/**
 * Reads the stored head; where there is none, or one that leaves out chunks, what the runs themselves say. Whether it leaves any out is
 * asked once: heads only grow.
 */
export function createHeadReader(): ReadHead {
  let whole = Infinity
  return async (tx) => {
    const stored = headIn((await tx.get('meta', 'columns'))?.value)
    const count = stored?.chunks.length ?? 0
    if (!stored || (count < whole && (await tx.lastChunk(count)) !== undefined)) return headOfRuns(tx)
    whole = count
    return stored
  }
}

async function headOfRuns(tx: StorageTransaction): Promise<ColumnsHead> {
  const last = await tx.lastChunk(0)
  if (last === undefined) return { version: COLUMNS_VERSION, arrived: 0, chunks: [] }
  const runs = await tx.getChunkRuns(last)
  const arrived = runs.reduce((most, run) => Math.max(most, run.arrived ?? 0), 0)
  return { version: COLUMNS_VERSION, arrived, chunks: unknownChunks(last + 1, runs.length) }
}

/** The head of a chunk as it is. */
export function headOfChunk(chunk: ColumnChunk): Required<ChunkHead> {
  const { revision, runIds, runNumbers } = chunk
  const visible = runNumbers.deletedAt.reduce((sum, at) => sum + (Number.isNaN(at) ? 1 : 0), 0)
  return { revision, runs: runIds.length, visible, arrived: lastArrived(chunk) }
}

/** Where the history stands (`arrivedOf`), as far as its heads tell it. */
export const standingAt = ({ chunks }: ColumnsHead): number =>
  Math.max(0, ...chunks.map(({ arrived = 0 }) => arrived))

/** Runs that are not deleted; undefined while that isn't known. */
export function visibleRuns({ chunks }: ColumnsHead): number | undefined {
  if (!chunks.every(({ visible }) => visible !== undefined)) return undefined
  return chunks.reduce((sum, chunk) => sum + (chunk.visible ?? 0), 0)
}

/** The row of `meta` that a head is stored as: its chunks as columns, for it is read and written with every save. */
export function headRow({ version, arrived, chunks, tail }: ColumnsHead): MetaRow {
  const columns = {
    revisions: Float64Array.from(chunks, ({ revision }) => revision),
    runs: Uint16Array.from(chunks, ({ runs }) => runs),
    visible: Uint16Array.from(chunks, ({ visible = UNKNOWN }) => visible),
    arrived: Float64Array.from(chunks, ({ arrived = Number.NaN }) => arrived),
  }
  return { key: 'columns', value: { version, arrived, chunks: columns, ...definedMembers({ tail }) } }
}

/** In the place of a count that isn't known; no chunk has so many runs. */
const UNKNOWN = 0xffff

/** The head, if it is one of this version. */
function headIn(value: unknown): ColumnsHead | undefined {
  if (!isObject(value)) return undefined
  const { version, arrived } = value
  const isOne = version === COLUMNS_VERSION && isCount(arrived, Number.MAX_SAFE_INTEGER)
  const chunks = isOne ? chunksIn(value.chunks) : undefined
  const tail = isTail(value.tail) ? value.tail : undefined
  return isOne && chunks ? { version, arrived, chunks, ...definedMembers({ tail }) } : undefined
}

function chunksIn(value: unknown): readonly ChunkHead[] | undefined {
  if (!isObject(value)) return undefined
  const { revisions, runs, visible, arrived } = value
  const isOne =
    revisions instanceof Float64Array &&
    arrived instanceof Float64Array &&
    runs instanceof Uint16Array &&
    visible instanceof Uint16Array &&
    [arrived, runs, visible].every(({ length }) => length === revisions.length)
  if (!isOne) return undefined
  const chunks = Array.from(revisions, (revision, number) => ({
    revision,
    runs: runs[number] ?? 0,
    ...(visible[number] === UNKNOWN ? {} : { visible: visible[number] ?? 0 }),
    ...(Number.isNaN(arrived[number]) ? {} : { arrived: arrived[number] ?? 0 }),
  }))
  return chunks.every(isChunkHead) ? chunks : undefined
}

const isChunkHead = ({ revision, runs, visible = 0, arrived = 0 }: ChunkHead): boolean =>
  isCount(revision, Number.MAX_SAFE_INTEGER) &&
  isCount(runs, CHUNK_RUNS) &&
  isCount(visible, runs) &&
  isCount(arrived, Number.MAX_SAFE_INTEGER)

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most

/** Heads for chunks of which only the number, and the last one's runs, are known. */
const unknownChunks = (chunks: number, lastRuns: number): readonly ChunkHead[] =>
  Array.from({ length: chunks }, (_, chunk) => ({
    revision: 0,
    runs: chunk === chunks - 1 ? lastRuns : CHUNK_RUNS,
  }))
