import { COLUMNS_VERSION, CHUNK_RUNS } from '../columns/columnsVersion'
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
}

/** The stored head; where there is none, or one that leaves out chunks, what the runs themselves say. */
export async function readHead(tx: StorageTransaction): Promise<ColumnsHead> {
  const [row, last] = await Promise.all([tx.get('meta', 'columns'), tx.lastChunk()])
  const stored = headIn(row?.value)
  if (stored && stored.chunks.length > (last ?? -1)) return stored
  if (last === undefined) return { version: COLUMNS_VERSION, arrived: 0, chunks: [] }
  const runs = await tx.getChunkRuns(last)
  const arrived = runs.reduce((most, run) => Math.max(most, run.arrived ?? 0), 0)
  return { version: COLUMNS_VERSION, arrived, chunks: unknownChunks(last + 1, runs.length) }
}

/** Where the history stands (`arrivedOf`), as far as its heads tell it. */
export const standingAt = ({ chunks }: ColumnsHead): number =>
  Math.max(0, ...chunks.map(({ arrived = 0 }) => arrived))

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
  const arrived = 'arrived' in value ? value.arrived : undefined
  const isOne = version === COLUMNS_VERSION && isCount(arrived, Number.MAX_SAFE_INTEGER)
  return isOne && Array.isArray(chunks) && chunks.every(isChunkHead)
    ? { version, arrived, chunks }
    : undefined
}

const isChunkHead = (value: unknown): value is ChunkHead =>
  typeof value === 'object' &&
  value !== null &&
  'revision' in value &&
  Number.isSafeInteger(value.revision) &&
  'runs' in value &&
  isCount(value.runs, CHUNK_RUNS) &&
  (!('visible' in value) || isCount(value.visible, value.runs)) &&
  (!('arrived' in value) || isCount(value.arrived, Number.MAX_SAFE_INTEGER))

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most

/** Heads for chunks of which only the number, and the last one's runs, are known. */
const unknownChunks = (chunks: number, lastRuns: number): readonly ChunkHead[] =>
  Array.from({ length: chunks }, (_, chunk) => ({
    revision: 0,
    runs: chunk === chunks - 1 ? lastRuns : CHUNK_RUNS,
  }))
