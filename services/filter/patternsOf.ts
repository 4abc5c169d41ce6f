import type { FilterExpression } from '../../types'
import { isTextTerm } from './terms'

/** The patterns of its terms: where there are any, the engine is needed. */
export function patternsOf(expression: FilterExpression): readonly string[] {
  if ('and' in expression) return expression.and.flatMap(patternsOf)
  if ('or' in expression) return expression.or.flatMap(patternsOf)
  if ('not' in expression) return patternsOf(expression.not)
  return isTextTerm(expression) && expression.op === 'regex' ? [expression.value] : []
}
