import type { FilterExpression, TelemetryFilter } from '../../types'
import { expressionOf } from './expressionOf'
import { FIELDS } from './fields'
import { formatTerm, formatValue } from './formatTerm'
import { conjunctsOf } from './simplify'
import { isDateTerm, isTerm } from './terms'

/**
 * A filter as the text that `parseQuery` reads as `normalizeFilter(filter)`: terms in the order of the fields, lists for alternatives of
 * one field, groups in parentheses. `zone`: days are written as the local ones, or every time in UTC, for readers elsewhere.
 */
export function formatQuery(filter: TelemetryFilter, zone: 'local' | 'utc' = 'local'): string {
  const expression = expressionOf(filter)
  const text = formatGroup(expression, zone)
  return 'or' in expression && text.startsWith('(') ? text.slice(1, -1) : text
}

/** The text of one conjunct of an expression, as a chip shows it; it stands by itself behind a `-` and beside others. */
export function formatUnit(expression: FilterExpression, zone: 'local' | 'utc' = 'local'): string {
  if (isTerm(expression)) {
    const text = formatTerm(expression, zone)
    return isDateTerm(expression) && text.includes(' ') ? `(${text})` : text
  }
  if ('not' in expression) return `-${formatUnit(expression.not, zone)}`
  if ('and' in expression) return `(${formatGroup(expression, zone)})`
  return formatAlternatives(expression.or, zone)
}

function formatGroup(expression: FilterExpression, zone: 'local' | 'utc'): string {
  return [...conjunctsOf(expression)]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((each) => (isTerm(each) ? formatTerm(each, zone) : formatUnit(each, zone)))
    .join(' ')
}

function formatAlternatives(alternatives: readonly FilterExpression[], zone: 'local' | 'utc'): string {
  // What nothing matches: no scene may match everything.
  if (alternatives.length === 0) return '-()'
  const [first, ...rest] = alternatives.filter(isTerm)
  const isList = first !== undefined && rest.length === alternatives.length - 1 && !isDateTerm(first)
  if (isList && rest.every(({ field }) => field === first.field))
    return `${first.field}:${[first, ...rest].map(formatValue).join(',')}`
  return `(${alternatives.map((each) => formatUnit(each, zone)).join(' OR ')})`
}

/** Where the field of its first term stands among all. */
function rankOf(expression: FilterExpression): number {
  if (isTerm(expression)) return ORDER.indexOf(expression.field)
  if ('not' in expression) return rankOf(expression.not)
  const [first] = 'and' in expression ? expression.and : expression.or
  return first === undefined ? -1 : rankOf(first)
}

const ORDER: readonly string[] = Object.keys(FIELDS)
