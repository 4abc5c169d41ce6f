import { fold } from '../filter/fold'
import type { TextTerm } from '../filter/terms'
import { FIELD_BREAK, type ColumnChunk } from './columnChunk'
import { foldedTexts, type FoldedTexts } from './foldedTexts'

/** 1 for every run one of whose searched texts passes the test. */
export function matchSearched(
  chunk: ColumnChunk,
  term: TextTerm,
  test: (text: string) => boolean,
): Uint8Array {
  const needle = term.op === 'contains' ? fold(term.value) : ''
  if (needle === '' || needle.includes(FIELD_BREAK))
    return Uint8Array.from(chunk.texts, (searched) => (searched.split(FIELD_BREAK).some(test) ? 1 : 0))
  return containing(foldedTexts(chunk), needle, chunk.runIds.length)
}

function containing({ text, from }: FoldedTexts, needle: string, runs: number): Uint8Array {
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
