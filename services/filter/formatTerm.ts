import { matchesPart } from './canonicalTerm'
import { FIELDS } from './fields'
import { globPieces } from './globPieces'
import { hasUnit, writeQuantity } from './quantity'
import { isDateTerm, isTextTerm, type DateTerm, type RangeTerm, type Term, type TextTerm } from './terms'
import { writeWhen } from './when'

/** A canonical term as text: `field:value`, a free word, or `after:` and `before:`. */
export function formatTerm(term: Term, zone: 'local' | 'utc'): string {
  if (isDateTerm(term)) return formatDates(term, zone)
  if (term.field === 'text' && isTextTerm(term)) {
    const pieces = freePieces(term)
    if (pieces) return quoted(pieces, FREE_WORD)
  }
  return `${term.field}:${formatValue(term)}`
}

/** What stands behind the colon, alone or in a list. */
export function formatValue(term: Term): string {
  if (isDateTerm(term)) return ''
  return isTextTerm(term) ? formatText(term) : formatRange(term)
}

function formatDates({ after, before }: DateTerm, zone: 'local' | 'utc'): string {
  const texts = [
    ...(after === undefined ? [] : [`after:${writeWhen(after, zone)}`]),
    ...(before === undefined ? [] : [`before:${writeWhen(before, zone)}`]),
  ]
  return texts.join(' ')
}

function formatText(term: TextTerm): string {
  if (term.op === 'regex')
    return `/${term.value.replace(/\\.|\//gsu, (each) => (each === '/' ? '\\/' : each))}/`
  const free = freePieces(term)
  if (free) return quoted(free, BARE)
  const mark = matchesPart(term.field) ? '=' : ''
  if (term.op === 'glob') return `${mark}${quoted(globPieces(term.value), BARE)}`
  return `${mark}${quoted([term.value], isOpenValue(term) ? BARE : NONE)}`
}

/** What to write for a text sought anywhere: the pieces between the wildcards that every such value has around it. */
function freePieces(term: TextTerm): readonly string[] | undefined {
  if (!matchesPart(term.field)) return undefined
  if (term.op === 'contains') return term.value === '' ? ['', ''] : [term.value]
  const pieces = term.op === 'glob' ? globPieces(term.value) : []
  return pieces.length > 3 && pieces[0] === '' && pieces.at(-1) === '' ? pieces.slice(1, -1) : undefined
}

/** Whether a bare value would be taken: a closed field takes others in quotes only. */
function isOpenValue({ field, value }: TextTerm): boolean {
  const info = FIELDS[field]
  return info.kind !== 'text' || info.values === undefined || info.values.includes(value)
}

function formatRange({ field, min, max }: RangeTerm): string {
  const info = FIELDS[field]
  const unit = info.kind === 'number' ? info.unit : 'count'
  const write = (value: number): string => writeQuantity(value, unit)
  if (min === undefined && max === undefined) return '*'
  if (min !== undefined && max !== undefined) return min === max ? write(min) : `${write(min)}..${write(max)}`
  if (min !== undefined) return hasUnit(unit) ? `>${write(min)}` : `${write(min)}..`
  return max === undefined ? '*' : hasUnit(unit) ? `<${write(max)}` : `..${write(max)}`
}

function quoted(pieces: readonly string[], bare: RegExp): string {
  const word = pieces.join('*')
  if (bare.test(word) && word !== 'OR' && pieces.every((piece) => !piece.includes('*'))) return word
  return `"${pieces.map((piece) => piece.replace(/[*\\"]/g, '\\$&')).join('*')}"`
}

/** What needs no quotes behind a colon, as a free word, and nowhere. */
const BARE = /^[\p{L}\p{N}_*][\p{L}\p{N}_*.@+#%&:-]*$/u
const FREE_WORD = /^[\p{L}\p{N}_*][\p{L}\p{N}_*.@+#%&-]*$/u
const NONE = /(?!)/
