import { fold } from '../filter/fold'
import type { RegexEngine } from '../filter/regexEngine'
import type { TextTerm } from '../filter/terms'
import { FIT, isWholeWord, wordFit, type WordFit } from '../filter/wordFit'
import { FIELD_BREAK, type CodedColumn, type ColumnChunk } from './columnChunk'
import { foldedIds, foldedTexts, type FoldedTexts } from './foldedTexts'
import { listOf } from './readRow'

/**
 * How well each run of a chunk has a word, of those in which it was found; 0 in the others. A word of its own is worth more than a part
 * of one wherever it stands; then a name or a tag is worth more than an id, and that more than a note or an error.
 */
export type WordGrades = (chunk: ColumnChunk, found: Uint8Array) => Uint8Array

/** The best grade. */
export const BEST_GRADE = 6

/** Of a part of a word; a whole one has more than any part. */
const PLACES = { name: 3, id: 2, text: 1 } as const
const WHOLE = 3

/** Grades a word in the runs that have it. */
export function wordGrades(term: TextTerm, regex: RegexEngine | undefined): WordGrades {
  const fitOf = wordFit(term, regex)
  const ofName = (name: string): number => gradeOf(PLACES.name, fitOf(name))
  const ofId = (id: string): number => gradeOf(PLACES.id, fitOf(id))
  const ofTags = (tags: string): number => Math.max(0, ...listOf(tags).map(ofName))
  const needle = term.op === 'contains' ? fold(term.value) : ''
  const isSought = needle !== '' && !needle.includes(FIELD_BREAK)
  return (chunk, found) => {
    const { runIds, runTexts } = chunk
    const grades = found.slice()
    if (isSought) seek(grades, foldedTexts(chunk), needle, PLACES.text)
    raiseRuns(grades, runTexts.runName, ofName)
    raiseRuns(grades, runTexts.tags, ofTags)
    raiseRuns(grades, runTexts.storyId, ofId)
    raiseScenes(grades, chunk, ofId)
    if (isSought) seek(grades, foldedIds(chunk), needle, PLACES.id)
    else runIds.forEach((id, run) => raise(grades, run, ofId(id)))
    return grades
  }
}

const gradeOf = (place: number, fit: WordFit): number =>
  fit === FIT.none ? 0 : fit === FIT.whole ? place + WHOLE : place

/** By one search through the texts of all runs. */
function seek(grades: Uint8Array, { text, from }: FoldedTexts, needle: string, place: number): void {
  let run = 0
  for (let at = text.indexOf(needle); at !== -1;) {
    while ((from[run + 1] ?? Infinity) <= at) run++
    const isWhole = isWholeWord(text, at, at + needle.length)
    raise(grades, run, gradeOf(place, isWhole ? FIT.whole : FIT.part))
    const isDone = isWhole || grades[run] === 0
    at = text.indexOf(needle, isDone ? (from[run + 1] ?? text.length) : at + 1)
  }
}

/** Grades each value once, not each row. */
function raiseRuns(grades: Uint8Array, column: CodedColumn, ofText: (text: string) => number): void {
  const byCode = gradesByCode(column, ofText)
  if (!byCode) return
  for (let run = 0; run < grades.length; run++) raise(grades, run, byCode[column.codes[run] ?? 0] ?? 0)
}

function raiseScenes(
  grades: Uint8Array,
  { starts, sceneTexts }: ColumnChunk,
  ofId: (id: string) => number,
): void {
  const { codes } = sceneTexts.sceneId
  const byCode = gradesByCode(sceneTexts.sceneId, ofId)
  if (!byCode) return
  for (let run = 0; run < grades.length; run++)
    for (let scene = starts[run] ?? 0; scene < (starts[run + 1] ?? 0); scene++)
      raise(grades, run, byCode[codes[scene] ?? 0] ?? 0)
}

function gradesByCode({ values }: CodedColumn, ofText: (text: string) => number): Uint8Array | undefined {
  const byCode = Uint8Array.of(0, ...values.map(ofText))
  return byCode.some((grade) => grade > 0) ? byCode : undefined
}

/** A run in which the word was not found has no grade to be raised. */
function raise(grades: Uint8Array, run: number, grade: number): void {
  const last = grades[run] ?? 0
  if (last > 0 && grade > last) grades[run] = grade
}
