import { dateBounds } from '../filter/rangeTest'
import type { RegexEngine } from '../filter/regexEngine'
import { isDateTerm, type Term } from '../filter/terms'
import type { ColumnChunk } from './columnChunk'
import type { MaskCache } from './createMaskCache'
import { maskOf, type Mask } from './mask'
import type { TermMask } from './matchChunk'
import { rowsWithin } from './rowsWithin'
import { timeSpan } from './timeSpan'
import { termReader } from './termReader'

/**
 * Masks of terms, kept per chunk: a filter that changes in one term computes that term alone, and a save those of one chunk.
 * `now` resolves relative dates; `regex` is needed only where a term is a regular expression.
 */
export function createTermMask(now: number, regex: RegexEngine | undefined, cache: MaskCache): TermMask {
  const readers = new Map<Term, KeyedReader>()
  return (chunk, term) => {
    const reader = readers.get(term) ?? keyedReader(term, now, regex)
    readers.set(term, reader)
    return cache.of(chunk, reader.key, reader.read)
  }
}

interface KeyedReader {
  readonly key: string
  readonly read: (chunk: ColumnChunk) => Mask
}

function keyedReader(term: Term, now: number, regex: RegexEngine | undefined): KeyedReader {
  if (!isDateTerm(term)) return { key: JSON.stringify(term), read: termReader(term, regex) }
  const { from, to } = dateBounds(term, now)
  return { key: JSON.stringify([from, to]), read: (chunk) => maskOf('runs', runsBetween(chunk, from, to)) }
}

/** Runs come mostly in the order of time: of most chunks all runs are within, or none. */
function runsBetween(chunk: ColumnChunk, from: number, to: number): Uint8Array | undefined {
  const { first, last } = timeSpan(chunk)
  if (last < from || first >= to) return undefined
  if (first >= from && last < to) return new Uint8Array(chunk.runIds.length).fill(1)
  return rowsWithin(chunk.runNumbers.timestamp, from, to, false)
}
