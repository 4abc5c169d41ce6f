import { fold, isAscii } from './fold'
import type { RegexEngine } from './regexEngine'
import type { TextTerm } from './terms'
import { textTest } from './textTest'

/** A piece of a text, [start, end) in UTF-16 units. */
export type Range = readonly [number, number]

/** Finds a term in texts, as it stands there unfolded; the whole of a text for what compares the whole. At most 100 places each. */
export function hitFinder(
  term: TextTerm,
  regex: RegexEngine | undefined,
): (text: string) => readonly Range[] {
  if (term.op === 'contains') {
    const wanted = fold(term.value)
    return (text) => occurrences(wanted, text)
  }
  if (term.op === 'regex') {
    const compiled = regex?.compile(term.value)
    return compiled?.ok ? (text) => compiled.value.ranges(text, MAX_RANGES) : () => []
  }
  const isHit = textTest(term, regex)
  return (text) => (text !== '' && isHit(text) ? [[0, text.length]] : [])
}

const MAX_RANGES = 100

interface Folded {
  readonly folded: string
  /** For each unit of the folded text the piece of the original it came from. */
  readonly placeOf: (unit: number) => Range
}

function occurrences(wanted: string, text: string): readonly Range[] {
  if (wanted === '' || !fold(text).includes(wanted)) return []
  const found: Range[] = []
  const { folded, placeOf } = foldedWithPlaces(text)
  for (let at = folded.indexOf(wanted); at >= 0 && found.length < MAX_RANGES;) {
    found.push([placeOf(at)[0], placeOf(at + wanted.length - 1)[1]])
    at = folded.indexOf(wanted, at + wanted.length)
  }
  return found
}

/** Letter by letter, each with the marks that follow it. */
function foldedWithPlaces(text: string): Folded {
  if (isAscii(text)) return { folded: fold(text), placeOf: (unit) => [unit, unit + 1] }
  const places: Range[] = []
  let folded = ''
  for (const { 0: letter, index } of text.matchAll(LETTER)) {
    const piece = fold(letter)
    folded += piece
    for (let unit = 0; unit < piece.length; unit++) places.push([index, index + letter.length])
  }
  return { folded, placeOf: (unit) => places[unit] ?? [0, text.length] }
}

const LETTER = /[\s\S]\p{Mn}*/gu
