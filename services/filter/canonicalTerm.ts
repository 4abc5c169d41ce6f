import type { FilterExpression, When } from '../../types'
import { FIELDS, isField, type NumberField, type TextField } from './fields'
import { globOf, globPieces } from './globPieces'
import { readQuantity } from './quantity'
import {
  dateTerm,
  EVERYTHING,
  isTextTerm,
  NOTHING,
  rangeTerm,
  textTerm,
  type Field,
  type Term,
  type TextTerm,
} from './terms'
import { valueMeant } from './valueWords'
import { readDate } from './when'

/**
 * The one way to say what this term says. A term that asks a field for what it cannot have (a text of a duration, a range of a
 * name) is true of nothing; a range without bounds asks for the value to be there.
 */
export function canonicalTerm(term: Term): FilterExpression {
  const info = isField(term.field) ? FIELDS[term.field] : undefined
  if (info === undefined) return NOTHING
  if (info.kind === 'text') return canonicalText(term, info)
  return info.kind === 'number' ? canonicalRange(term, info) : canonicalDate(term)
}

/** A text between wildcards, whole or in parts, as its field writes it. */
export function termOfPieces(field: Field, pieces: readonly string[]): TextTerm {
  const [first = '', second = ''] = pieces
  if (pieces.length <= 1) return textTerm(field, 'is', first)
  const isPart = matchesPart(field) && first === '' && pieces.at(-1) === '' && pieces.length <= 3
  if (isPart) return textTerm(field, 'contains', second)
  return textTerm(field, 'glob', globOf(pieces))
}

/** Whether a plain value of this field is sought anywhere in what is stored. */
export function matchesPart(field: Field): boolean {
  const info = FIELDS[field]
  return info.kind === 'text' && info.match === 'part'
}

function canonicalText(term: Term, info: TextField): FilterExpression {
  const present = termOfPieces(term.field, ['', ''])
  if (!isTextTerm(term)) return hasBounds(term) ? NOTHING : present
  switch (term.op) {
    case 'is':
      return textTerm(term.field, 'is', valueMeant(info, term.value) ?? term.value)
    case 'contains':
      return termOfPieces(term.field, term.value === '' ? ['', ''] : ['', term.value, ''])
    case 'glob':
      return termOfPieces(term.field, globPieces(term.value))
    case 'regex':
      return term.value === '' ? present : textTerm(term.field, 'regex', unescapeSlashes(term.value))
  }
}

function canonicalRange(term: Term, { unit }: NumberField): FilterExpression {
  if (!isTextTerm(term)) {
    const { min, max } = boundsOf(term)
    return rangeTerm(term.field, min, max)
  }
  if (isAnyText(term)) return rangeTerm(term.field, undefined, undefined)
  const point = term.op === 'is' ? readPoint(term.value, unit) : undefined
  return point === undefined ? NOTHING : rangeTerm(term.field, point, point)
}

/** A run always has its date, so that asking for any leaves nothing to ask. `max` is inclusive, `before` is not. */
function canonicalDate(term: Term): FilterExpression {
  if (isTextTerm(term)) {
    if (isAnyText(term)) return EVERYTHING
    const span = term.op === 'is' ? readDate(term.value) : undefined
    return span === undefined ? NOTHING : dateTerm(span.from, span.to)
  }
  const { min, max } = boundsOf(term)
  const after = 'after' in term ? finiteWhen(term.after) : min
  const before = 'before' in term ? finiteWhen(term.before) : max === undefined ? max : Math.floor(max) + 1
  return after === undefined && before === undefined ? EVERYTHING : dateTerm(after, before)
}

/** A plain number is in the field's own unit, as a click on a stored value gives it. */
const readPoint = (text: string, unit: NumberField['unit']): number | undefined =>
  readQuantity(text, 'count') ?? readQuantity(text, unit)

const isAnyText = ({ op, value }: TextTerm): boolean => op === 'glob' && /^\*+$/.test(value)

const unescapeSlashes = (pattern: string): string =>
  pattern.replace(/\\(.)/gsu, (pair, escaped) => (escaped === '/' ? '/' : pair))

/** What is no number bounds nothing. */
function boundsOf(term: Term): { readonly min?: number | undefined; readonly max?: number | undefined } {
  const { min, max } = { min: undefined, max: undefined, ...term }
  return { min: finite(min), max: finite(max) }
}

const hasBounds = (term: Term): boolean =>
  boundsOf(term).min !== undefined || boundsOf(term).max !== undefined
const finite = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) ? value + 0 : undefined

function finiteWhen(when: When | undefined): When | undefined {
  if (when === undefined || typeof when === 'number') return finite(when)
  const ago = finite(when.ago)
  return ago === undefined ? undefined : { ago }
}
