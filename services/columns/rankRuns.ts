import type { RegexEngine } from '../filter/regexEngine'
import type { TextTerm } from '../filter/terms'
import { CHUNK_RUNS } from './columnsVersion'
import { runsIn } from './mask'
import type { TermMask } from './matchChunk'
import { orderRuns } from './orderRuns'
import { placeOf, refAt, type ChunkSelection, type OrderedRuns, type Selection } from './selection'
import { BEST_GRADE, wordGrades, type WordGrades } from './wordGrades'

/**
 * Orders the selected runs by how well they have the words: more of the words first, then whole words and better places
 * (`wordGrades`), equal ones newest first, then by id. `asc` begins with the worst. Without words the newest come first.
 */
export function rankRuns(
  selection: Selection,
  words: readonly TextTerm[],
  context: { readonly termMask: TermMask; readonly regex: RegexEngine | undefined },
  direction: 'asc' | 'desc' = 'desc',
): OrderedRuns {
  if (words.length === 0) return orderRuns(selection)
  const graders = words.map((word) => ({ word, grade: wordGrades(word, context.regex) }))
  const scores = selection.map((part) => scoresOf(part, graders, context.termMask))
  const sign = direction === 'asc' ? 1 : -1
  const dealt = [...dealOut(selection, scores)].sort(([a], [b]) => sign * (a - b))
  const newestFirst = newestOf(selection)
  const places = Uint32Array.from(dealt.flatMap(([, equals]) => equals.sort(newestFirst)))
  return {
    length: places.length,
    at: (position) => (position in places ? refAt(selection, places[position] ?? 0) : undefined),
  }
}

type Graders = readonly { readonly word: TextTerm; readonly grade: WordGrades }[]

/** A further word is worth more than the best grades of all the others. */
function scoresOf({ chunk, runs }: ChunkSelection, graders: Graders, termMask: TermMask): Float64Array {
  const perWord = BEST_GRADE * graders.length + 1
  const scores = new Float64Array(runs.length)
  for (const { word, grade } of graders) {
    const found = runsIn(chunk, termMask(chunk, word)).slice()
    for (let row = 0; row < found.length; row++) found[row] = (found[row] ?? 0) & (runs[row] ?? 0)
    const grades = grade(chunk, found)
    for (let row = 0; row < scores.length; row++) {
      const given = grades[row] ?? 0
      if (given > 0) scores[row] = (scores[row] ?? 0) + perWord + given
    }
  }
  return scores
}

/**
 * Groups the runs by score, the last stored first: a group is then mostly in order, and sorting it takes one pass.
 */
function dealOut(selection: Selection, scores: readonly Float64Array[]): ReadonlyMap<number, number[]> {
  const byScore = new Map<number, number[]>()
  for (let index = selection.length - 1; index >= 0; index--) {
    const runs = selection[index]?.runs ?? NO_RUNS
    for (let row = runs.length - 1; row >= 0; row--) {
      if (runs[row] !== 1) continue
      const score = scores[index]?.[row] ?? 0
      const equals = byScore.get(score)
      if (equals) equals.push(placeOf(index, row))
      else byScore.set(score, [placeOf(index, row)])
    }
  }
  return byScore
}

const NO_RUNS = new Uint8Array()

function newestOf(selection: Selection): (a: number, b: number) => number {
  const timeAt = (place: number): number =>
    selection[Math.floor(place / CHUNK_RUNS)]?.chunk.runNumbers.timestamp[place % CHUNK_RUNS] ?? 0
  const idAt = (place: number): string =>
    selection[Math.floor(place / CHUNK_RUNS)]?.chunk.runIds[place % CHUNK_RUNS] ?? ''
  return (a, b) => timeAt(b) - timeAt(a) || (idAt(a) < idAt(b) ? -1 : 1)
}
