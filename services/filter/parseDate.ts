import type { FilterExpression, When } from '../../types'
import { fail, take, type QueryCursor } from './queryCursor'
import { dateTerm, EVERYTHING } from './terms'
import { EXPECTED_DATE, readDate, type DateSpan } from './when'

/** What follows `after:` (inclusive) or `before:` (exclusive): for a day, its start. */
export function parseWhen(cursor: QueryCursor, side: 'after' | 'before'): FilterExpression {
  const when = takeDate(cursor)?.from
  return side === 'after' ? dateTerm(when, undefined) : dateTerm(undefined, when)
}

/** `2026-11-01`, the whole of it; `A..B` with both days; `>A`, `>=A` from it on, `<A` before it, `<=A` to its end; `*`. */
export function parseDateValue(cursor: QueryCursor): FilterExpression {
  if (take(cursor, /\*(?=$|[\s),])/y) !== undefined) return EVERYTHING
  const sign = take(cursor, /[<>]=?/y)
  if (sign === undefined && take(cursor, /\.\.(?=[^\s(),])/y) !== undefined)
    return dateTerm(undefined, endOf(takeDate(cursor)))
  const span = takeDate(cursor)
  if (sign === '<') return dateTerm(undefined, span?.from)
  if (sign === '<=') return dateTerm(undefined, endOf(span))
  if (sign !== undefined) return dateTerm(span?.from, undefined)
  if (take(cursor, /\.\./y) === undefined) return dateTerm(span?.from, span && wholeOf(span))
  const isOpen = take(cursor, /(?=$|[\s),])/y) !== undefined
  return dateTerm(span?.from, isOpen ? undefined : endOf(takeDate(cursor)))
}

function takeDate(cursor: QueryCursor): DateSpan | undefined {
  const position = cursor.at
  const text = take(cursor, /(?:[^\s(),".]|\.(?!\.))+/y) ?? ''
  const span = readDate(text)
  if (span === undefined)
    fail(cursor, { position, length: Math.max(1, text.length), expected: [EXPECTED_DATE] })
  return span
}

/** The moment after the last that belongs to it; a time without a length ends where it begins. */
const endOf = (span: DateSpan | undefined): When | undefined => span?.to ?? span?.from

/** A time alone is that millisecond; an age alone is everything since. */
const wholeOf = ({ from, to }: DateSpan): When | undefined =>
  to ?? (typeof from === 'number' ? from + 1 : undefined)
