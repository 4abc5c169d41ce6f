import type { FilterExpression } from '../../types'
import { isTextTerm } from './terms'

/** Whether any term is a pattern, so that the engine is needed. */
export function usesRegex(expression: FilterExpression): boolean {
  if ('and' in expression) return expression.and.some(usesRegex)
  if ('or' in expression) return expression.or.some(usesRegex)
  if ('not' in expression) return usesRegex(expression.not)
  return isTextTerm(expression) && expression.op === 'regex'
}
