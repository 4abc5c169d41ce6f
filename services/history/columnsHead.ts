import { COLUMNS_VERSION, CHUNK_RUNS } from '../columns/columnsVersion'
import type { StorageTransaction } from './storage'

/** What `meta` knows of one chunk. Revision 0: it is not known to be stored, and is made anew from its runs. */
export interface ChunkHead {
  readonly revision: number
  readonly runs: number
  /** Runs that are not deleted; absent while that isn't known. */
  readonly visible?: number
}
/** Of a chunk that isn't there yet. */
export const NEW_CHUNK: ChunkHead = { revision: 0, runs: 0, visible: 0 }

/** The row `columns` of `meta`: which chunks there are, and which revision of each is the newest. */
export interface ColumnsHead {
  readonly version: number
  readonly chunks: readonly ChunkHead[]
}

/** The stored head; where there is none, what the runs themselves say. */
export async function readHead(tx: StorageTransaction): Promise<ColumnsHead> {
  const stored = headIn((await tx.get('meta', 'columns'))?.value)
  if (stored) return stored
  const last = await tx.lastChunk()
  return unknownHead(last === undefined ? 0 : last + 1, last === undefined ? 0 : await tx.countChunk(last))
}

/** Runs that are not deleted; undefined while that isn't known. */
export function visibleRuns({ chunks }: ColumnsHead): number | undefined {
  if (!chunks.every(({ visible }) => visible !== undefined)) return undefined
  return chunks.reduce((sum, chunk) => sum + (chunk.visible ?? 0), 0)
}

/** The head, if it is one of this version. */
function headIn(value: unknown): ColumnsHead | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value) || !('chunks' in value))
    return undefined
  const { version, chunks } = value
  return version === COLUMNS_VERSION && Array.isArray(chunks) && chunks.every(isChunkHead)
    ? { version, chunks }
    : undefined
}

const isChunkHead = (value: unknown): value is ChunkHead =>
  typeof value === 'object' &&
  value !== null &&
  'revision' in value &&
  Number.isSafeInteger(value.revision) &&
  'runs' in value &&
  Number.isSafeInteger(value.runs)

/** A head for chunks of which only the number, and the last one's runs, are known. */
function unknownHead(chunks: number, lastRuns: number): ColumnsHead {
  const heads = Array.from({ length: chunks }, (_, chunk) => ({
    revision: 0,
    runs: chunk === chunks - 1 ? lastRuns : CHUNK_RUNS,
  }))
  return { version: COLUMNS_VERSION, chunks: heads }
}
