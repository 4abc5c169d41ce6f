import { dateBounds } from '../filter/rangeTest'
import type { RegexEngine } from '../filter/regexEngine'
import { isDateTerm, type Term } from '../filter/terms'
import type { ColumnChunk } from './columnChunk'
import type { MaskCache } from './createMaskCache'
import { maskWithin } from './maskWithin'
import { scenesOf, type SceneMask, type TermMask } from './matchChunk'
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
  readonly read: (chunk: ColumnChunk) => SceneMask
}

function keyedReader(term: Term, now: number, regex: RegexEngine | undefined): KeyedReader {
  if (!isDateTerm(term)) return { key: JSON.stringify(term), read: termReader(term, regex) }
  const { from, to } = dateBounds(term, now)
  return {
    key: JSON.stringify([from, to]),
    read(chunk) {
      const runs = maskWithin(chunk.runNumbers.timestamp, from, to, false)
      return runs && scenesOf(chunk, runs)
    },
  }
}
