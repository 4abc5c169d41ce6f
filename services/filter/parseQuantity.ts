import type { FilterExpression } from '../../types'
import type { Unit } from './fields'
import { EXPECTED_NUMBER, readQuantity } from './quantity'
import { fail, take, takeText, type QueryCursor } from './queryCursor'
import { NOTHING, rangeTerm, type Field } from './terms'

/** `90s`, `>90s`, `<=8GB`, `2..`, `..5`, `1..3`, or `*` for any. All bounds are inclusive. */
export function parseQuantity(cursor: QueryCursor, field: Field, unit: Unit): FilterExpression {
  if (take(cursor, /\*(?=$|[\s),])/y) !== undefined) return rangeTerm(field, undefined, undefined)
  const sign = take(cursor, /[<>]=?/y)?.[0]
  const raw = takeText(cursor, /[^\s(),"]+/y)
  const start = raw?.start ?? cursor.at
  const text = raw?.pieces.join('*') ?? ''
  if (sign !== undefined || !text.includes('..')) {
    const bound = readBound(cursor, text, start, unit)
    return rangeTerm(field, sign === '<' ? undefined : bound, sign === '>' ? undefined : bound)
  }
  const gap = text.indexOf('..')
  const [from, to] = [text.slice(0, gap), text.slice(gap + 2)]
  if (from === '' && to === '') return missing(cursor, start, unit)
  const min = from === '' ? undefined : readBound(cursor, from, start, unit)
  const max = to === '' ? undefined : readBound(cursor, to, start + gap + 2, unit)
  return rangeTerm(field, min, max)
}

function readBound(cursor: QueryCursor, text: string, position: number, unit: Unit): number | undefined {
  const value = readQuantity(text, unit)
  if (value === undefined)
    fail(cursor, { position, length: Math.max(1, text.length), expected: [EXPECTED_NUMBER[unit]] })
  return value
}

function missing(cursor: QueryCursor, position: number, unit: Unit): FilterExpression {
  fail(cursor, { position, length: 2, expected: [EXPECTED_NUMBER[unit]] })
  return NOTHING
}
