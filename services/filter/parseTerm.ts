import type { FilterExpression } from '../../types'
import { termOfPieces, matchesPart } from './canonicalTerm'
import { FIELDS, isField } from './fields'
import { joinWildcards } from './globPieces'
import { parseDateValue, parseWhen } from './parseDate'
import { parseQuantity } from './parseQuantity'
import { patternProblem } from './patternProblem'
import { fail, take, takeText, type QueryCursor } from './queryCursor'
import { NOTHING, textTerm, type Field } from './terms'
import { valueMeant, wordOf } from './valueWords'

/** One `field:value`, with its list of values, or a free word. A problem is left in the cursor. */
export function parseTerm(cursor: QueryCursor): FilterExpression {
  const start = cursor.at
  const name = take(cursor, NAME)?.slice(0, -1).toLowerCase()
  if (name === undefined) return parseWord(cursor)
  if (name === 'after' || name === 'before') return ended(cursor, parseWhen(cursor, name))
  if (isField(name)) return ended(cursor, parseList(cursor, name))
  fail(cursor, {
    position: start,
    length: name.length,
    summary: 'a field such as status, or quotes around a word with a colon,',
    expected: FIELD_NAMES,
  })
  return NOTHING
}

function parseWord(cursor: QueryCursor): FilterExpression {
  const word = takeText(cursor, /(?:[^\s()"\\]|\\[*\\"]?)+/y)
  if (word === undefined) {
    fail(cursor, { position: cursor.at, length: 1, expected: ['a term such as status:failed'] })
    return NOTHING
  }
  return ended(cursor, termOfPieces('text', anywhere(word.pieces)))
}

/** What follows a term must be a space, an end or a closing parenthesis, or it would be read as something it isn't. */
function ended(cursor: QueryCursor, term: FilterExpression): FilterExpression {
  if (!cursor.problem && take(cursor, /(?=$|[\s)])/y) === undefined)
    fail(cursor, { position: cursor.at, length: 1, expected: ['a space, or quotes around the whole value,'] })
  return term
}

function parseList(cursor: QueryCursor, field: Field): FilterExpression {
  const values = [parseValue(cursor, field)]
  while (take(cursor, /,/y) !== undefined) values.push(parseValue(cursor, field))
  return { or: values }
}

function parseValue(cursor: QueryCursor, field: Field): FilterExpression {
  const info = FIELDS[field]
  if (info.kind === 'number') return parseQuantity(cursor, field, info.unit)
  return info.kind === 'date' ? parseDateValue(cursor) : parseText(cursor, field)
}

function parseText(cursor: QueryCursor, field: Field): FilterExpression {
  if (take(cursor, /\//y) !== undefined) return parsePattern(cursor, field)
  const isWhole = take(cursor, /=/y) !== undefined
  const isQuoted = cursor.text[cursor.at] === '"'
  const value = takeText(cursor, /(?:[^\s(),"\\]|\\[*\\"]?)+/y)
  if (value === undefined) {
    fail(cursor, { position: cursor.at, length: 1, expected: [expectedValue(field)] })
    return NOTHING
  }
  const term = termOfPieces(field, isWhole ? value.pieces : anywhereIf(matchesPart(field), value.pieces))
  if (!isQuoted && term.op === 'is' && !isKnown(field, term.value))
    fail(cursor, {
      position: value.start,
      length: value.end - value.start,
      expected: valuesOf(field),
      ...whyNot(field, term.value),
    })
  return term
}

/** A pattern ends at a slash that has no backslash before it. */
function parsePattern(cursor: QueryCursor, field: Field): FilterExpression {
  const start = cursor.at
  const source = take(cursor, /(?:[^/\\]|\\.)*/sy) ?? ''
  if (take(cursor, /\//y) === undefined)
    fail(cursor, { position: start - 1, length: cursor.text.length - start + 1, expected: ['a closing /'] })
  const problem = patternProblem(source)
  if (problem) fail(cursor, { ...problem, position: start + problem.position, expected: [problem.expected] })
  return textTerm(field, 'regex', source)
}

const anywhere = (pieces: readonly string[]): readonly string[] => joinWildcards(['', ...pieces, ''])
const anywhereIf = (isPart: boolean, pieces: readonly string[]): readonly string[] =>
  isPart ? anywhere(pieces) : pieces

/** What a closed field can have, as pages call it. */
function valuesOf(field: Field): readonly string[] {
  const info = FIELDS[field]
  return info.kind === 'text' ? (info.values ?? []).map((value) => wordOf(info, value)) : []
}

/** A closed field takes its own values only, in any case or by what people call them; in quotes it takes any. */
function isKnown(field: Field, value: string): boolean {
  const info = FIELDS[field]
  return info.kind !== 'text' || info.values === undefined || valueMeant(info, value) !== undefined
}

function whyNot(field: Field, value: string): { readonly why?: string } {
  const info = FIELDS[field]
  const others = info.kind === 'text' ? info.otherWords : undefined
  return others?.words.includes(value.toLowerCase()) ? { why: others.why } : {}
}

function expectedValue(field: Field): string {
  const values = valuesOf(field)
  return values.length === 0 ? `a value such as ${field}:"two words"` : `one of ${values.join(', ')}`
}

const NAME = /[a-z][\w-]*:/iy
const FIELD_NAMES: readonly string[] = [...Object.keys(FIELDS), 'after', 'before']
