import type { FilterExpression } from '../../types'
import { isTextTerm, type TextTerm } from './terms'

/** The text terms that are asked for; what stands behind a `not` is not. */
export function askedTerms(expression: FilterExpression): readonly TextTerm[] {
  if ('and' in expression) return expression.and.flatMap(askedTerms)
  if ('or' in expression) return expression.or.flatMap(askedTerms)
  return isTextTerm(expression) ? [expression] : []
}

/** Those of no field: the words that are sought in all texts, and what a list can be ranked by. */
export const freeWords = (expression: FilterExpression): readonly TextTerm[] =>
  askedTerms(expression).filter(({ field }) => field === 'text')
