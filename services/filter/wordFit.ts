import { fold } from './fold'
import type { RegexEngine } from './regexEngine'
import type { TextTerm } from './terms'
import { textTest } from './textTest'

/** How a text has a word: not at all, within a longer one, or as a word of its own. */
export type WordFit = (typeof FIT)[keyof typeof FIT]
export const FIT = { none: 0, part: 1, whole: 2 } as const

/** How a text has what a term seeks. Globs and patterns know no words: what they find counts as a part. */
export function wordFit(term: TextTerm, regex: RegexEngine | undefined): (text: string) => WordFit {
  const needle = term.op === 'contains' ? fold(term.value) : ''
  if (needle !== '') return (text) => fitIn(fold(text), needle)
  const isFound = textTest(term, regex)
  const found = term.op === 'is' ? FIT.whole : FIT.part
  return (text) => (isFound(text) ? found : FIT.none)
}

function fitIn(folded: string, needle: string): WordFit {
  let fit: WordFit = FIT.none
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + 1)) {
    if (isWholeWord(folded, at, at + needle.length)) return FIT.whole
    fit = FIT.part
  }
  return fit
}

/** Whether a piece of a folded text begins and ends where words do: between letters or digits there is no such place. */
export const isWholeWord = (folded: string, start: number, end: number): boolean =>
  isBoundary(folded, start) && isBoundary(folded, end)

const isBoundary = (folded: string, at: number): boolean =>
  !(isWordUnit(folded.charCodeAt(at - 1)) && isWordUnit(folded.charCodeAt(at)))

function isWordUnit(unit: number): boolean {
  if (unit < ASCII_WORD.length) return ASCII_WORD[unit] === 1
  return unit >= ASCII_WORD.length && LETTER.test(String.fromCharCode(unit))
}

const LETTER = /[\p{L}\p{N}]/u
const ASCII_WORD = Uint8Array.from({ length: 128 }, (_, unit) =>
  LETTER.test(String.fromCharCode(unit)) ? 1 : 0,
)
