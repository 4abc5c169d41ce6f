import { fold } from '../filter/fold'
import type { ColumnChunk } from './columnChunk'

/** Texts of a chunk's runs, folded and joined: one search goes through all of them. */
export interface FoldedTexts {
  readonly text: string
  /** Where each run's begins; one more for the end. */
  readonly from: Uint32Array
}

/** What full text search reads. Made once for a chunk. */
export const foldedTexts = keptFor((chunk) => chunk.texts)
/** The runs' ids alone. Made once for a chunk. */
export const foldedIds = keptFor((chunk) => chunk.runIds)

function keptFor(read: (chunk: ColumnChunk) => readonly string[]): (chunk: ColumnChunk) => FoldedTexts {
  const kept = new WeakMap<ColumnChunk, FoldedTexts>()
  return (chunk) => {
    const made = kept.get(chunk) ?? joined(read(chunk).map(fold))
    kept.set(chunk, made)
    return made
  }
}

function joined(texts: readonly string[]): FoldedTexts {
  const from = new Uint32Array(texts.length + 1)
  texts.forEach((text, run) => (from[run + 1] = (from[run] ?? 0) + text.length + 1))
  return { text: texts.join('\u0000'), from }
}
