import {
  RUN_NUMBERS,
  RUN_TEXTS,
  SCENE_NUMBERS,
  SCENE_TEXTS,
  sceneRows,
  type CodedColumn,
  type ColumnChunk,
} from './columnChunk'
import { CHUNK_RUNS, COLUMNS_VERSION } from './columnsVersion'

/** The chunk with the checksum that goes with what it holds, as it is stored. */
export function sealChunk(chunk: ColumnChunk): ColumnChunk {
  return { ...chunk, checksum: checksumOf(chunk) }
}

/** Whether a stored chunk is what was stored: of this version, whole, and with its checksum. Whatever is stored, it never throws. */
export function isIntact(
  stored: ColumnChunk | undefined,
  chunk: number,
  revision: number,
): stored is ColumnChunk {
  try {
    return (
      stored !== undefined &&
      stored.version === COLUMNS_VERSION &&
      stored.chunk === chunk &&
      stored.revision === revision &&
      hasShape(stored) &&
      checksumOf(stored) === stored.checksum
    )
  } catch {
    return false // whatever it is, it is no chunk
  }
}

function hasShape(chunk: ColumnChunk): boolean {
  const runs = chunk.runIds.length
  const scenes = sceneRows(chunk)
  return (
    runs <= CHUNK_RUNS &&
    chunk.texts.length === runs &&
    chunk.starts.length === runs + 1 &&
    RUN_NUMBERS.every((name) => isNumbers(chunk.runNumbers[name], runs)) &&
    RUN_TEXTS.every((name) => isCoded(chunk.runTexts[name], runs)) &&
    SCENE_NUMBERS.every((name) => isNumbers(chunk.sceneNumbers[name], scenes)) &&
    SCENE_TEXTS.every((name) => isCoded(chunk.sceneTexts[name], scenes))
  )
}

const isNumbers = (column: Float64Array, length: number): boolean =>
  column instanceof Float64Array && column.length === length

const isCoded = ({ values, codes }: CodedColumn, length: number): boolean =>
  Array.isArray(values) &&
  codes.length === length &&
  (codes instanceof Uint8Array || codes instanceof Uint16Array || codes instanceof Uint32Array)

/** FNV-1a over 32-bit words: it finds what was damaged or mixed up, not what was forged. */
function checksumOf(chunk: ColumnChunk): number {
  let hash = hashText(0x811c9dc5, chunk.runIds.join('\n'))
  hash = hashText(hash, chunk.texts.join('\u0000'))
  hash = hashBytes(hash, chunk.starts)
  for (const name of RUN_NUMBERS) hash = hashBytes(hash, chunk.runNumbers[name])
  for (const name of SCENE_NUMBERS) hash = hashBytes(hash, chunk.sceneNumbers[name])
  for (const name of RUN_TEXTS) hash = hashCoded(hash, chunk.runTexts[name])
  for (const name of SCENE_TEXTS) hash = hashCoded(hash, chunk.sceneTexts[name])
  return hash >>> 0
}

const hashCoded = (hash: number, { values, codes }: CodedColumn): number =>
  hashBytes(hashText(hash, values.join('\u0000')), codes)

function hashText(start: number, text: string): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME)
  return hash
}

function hashBytes(start: number, column: Float64Array | CodedColumn['codes']): number {
  const words = new Uint32Array(column.buffer, column.byteOffset, column.byteLength >> 2)
  let hash = start
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ (words[at] ?? 0), PRIME)
  const rest = new Uint8Array(column.buffer, column.byteOffset + (words.length << 2), column.byteLength & 3)
  for (const byte of rest) hash = Math.imul(hash ^ byte, PRIME)
  return hash
}

const PRIME = 0x01000193
