import type { FilterExpression, QueryError, Result, TelemetryFilter } from '../../types'
import { filterOf } from './normalizeFilter'
import { parseTerm } from './parseTerm'
import { fail, take, type QueryCursor } from './queryCursor'
import { queryError } from './queryError'
import { simplify } from './simplify'

/** Longer queries are refused unread. */
export const MAX_QUERY_LENGTH = 20_000
/** Groups and negations within each other. */
export const MAX_QUERY_NESTING = 50

/**
 * Reads a query (docs/filters.md) as a normalized filter; an empty one asks for nothing. Terms side by side must all hold, `OR` binds
 * less than that, `-` negates what follows it, parentheses group. Never throws, in time linear in the text; the error says where
 * reading stopped (from 0) and what was expected there. Dates are read in the local zone.
 */
export function parseQuery(text: string): Result<TelemetryFilter, QueryError> {
  const cursor: QueryCursor = { text: text.slice(0, MAX_QUERY_LENGTH), at: 0 }
  if (text.length > MAX_QUERY_LENGTH) fail(cursor, tooLong(text))
  const expression = parseAlternatives(cursor, 0)
  if (cursor.at < cursor.text.length)
    fail(cursor, { position: cursor.at, length: 1, expected: ['a term or an opening ('] })
  if (cursor.problem) return { ok: false, error: queryError(text, cursor.problem) }
  return { ok: true, value: filterOf(simplify(expression)) }
}

function parseAlternatives(cursor: QueryCursor, depth: number): FilterExpression {
  const alternatives = [parseGroup(cursor, depth)]
  while (take(cursor, OR) !== undefined) {
    const position = cursor.at
    alternatives.push(parseGroup(cursor, depth))
    if (alternatives.slice(-2).some(isEmpty)) fail(cursor, { position, length: 1, expected: [A_TERM] })
  }
  const [only] = alternatives
  return only && alternatives.length === 1 ? only : { or: alternatives }
}

interface Group {
  readonly and: readonly FilterExpression[]
}
const isEmpty = ({ and }: Group): boolean => and.length === 0

/** Terms side by side. */
function parseGroup(cursor: QueryCursor, depth: number): Group {
  const and: FilterExpression[] = []
  for (;;) {
    take(cursor, SPACE)
    if (cursor.at >= cursor.text.length || END_OF_GROUP.test(cursor.text.slice(cursor.at, cursor.at + 3)))
      return { and }
    and.push(parseUnit(cursor, depth))
  }
}

function parseUnit(cursor: QueryCursor, depth: number): FilterExpression {
  if (depth >= MAX_QUERY_NESTING) {
    const expected = [`at most ${MAX_QUERY_NESTING} groups within each other`]
    fail(cursor, { position: cursor.at, length: 1, expected })
  }
  const start = cursor.at
  if (take(cursor, /-/y) !== undefined) return { not: parseNegated(cursor, depth) }
  if (take(cursor, /\(/y) === undefined) return parseTerm(cursor)
  const inner = parseAlternatives(cursor, depth + 1)
  if (take(cursor, /\)/y) === undefined)
    fail(cursor, { position: start, length: 1, expected: ['a closing )'] })
  return inner
}

function parseNegated(cursor: QueryCursor, depth: number): FilterExpression {
  if (/^(?:$|[\s)])/.test(cursor.text.slice(cursor.at, cursor.at + 1)))
    fail(cursor, { position: cursor.at, length: 1, expected: ['a term right after the -'] })
  return parseUnit(cursor, depth + 1)
}

const tooLong = (text: string) => ({
  position: MAX_QUERY_LENGTH,
  length: text.length - MAX_QUERY_LENGTH,
  expected: [`a query of at most ${MAX_QUERY_LENGTH} characters`],
})

const A_TERM = 'a term such as status:failed'
const SPACE = /\s+/y
const OR = /OR(?![^\s()])/y
const END_OF_GROUP = /^(?:\)|OR(?![^\s()]))/
