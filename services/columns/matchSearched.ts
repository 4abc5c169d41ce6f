import { fold } from '../filter/fold'
import type { TextTerm } from '../filter/terms'
import { FIELD_BREAK, type ColumnChunk } from './columnChunk'

/** 1 for every run one of whose searched texts passes the test. */
export function matchSearched(
  chunk: ColumnChunk,
  term: TextTerm,
  test: (text: string) => boolean,
): Uint8Array {
  const needle = term.op === 'contains' ? fold(term.value) : ''
  if (needle === '' || needle.includes(FIELD_BREAK))
    return Uint8Array.from(chunk.texts, (searched) => (searched.split(FIELD_BREAK).some(test) ? 1 : 0))
  return containing(foldedOf(chunk), needle, chunk.runIds.length)
}

/** All texts of a chunk, folded and joined: one search finds all of its runs. */
interface Folded {
  readonly text: string
  /** Where each run's begins. */
  readonly from: Uint32Array
}
const folded = new WeakMap<ColumnChunk, Folded>()

function foldedOf(chunk: ColumnChunk): Folded {
  const known = folded.get(chunk)
  if (known) return known
  const from = new Uint32Array(chunk.texts.length + 1)
  const parts = chunk.texts.map(fold)
  parts.forEach((part, run) => (from[run + 1] = (from[run] ?? 0) + part.length + 1))
  const made = { text: parts.join('\u0000'), from }
  folded.set(chunk, made)
  return made
}

function containing({ text, from }: Folded, needle: string, runs: number): Uint8Array {
  const mask = new Uint8Array(runs)
  let run = 0
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, from[run] ?? text.length)) {
    while (run < runs && (from[run + 1] ?? Infinity) <= at) run++
    mask[run] = 1
    run++
    if (run >= runs) break
  }
  return mask
}
