import type { FilterExpression } from '../../types'
import { canonicalTerm } from './canonicalTerm'
import { mergeRanges } from './mergeRanges'
import { EVERYTHING, isEverything, isNothing, NOTHING } from './terms'

/**
 * The same expression in one form: terms canonical, groups of one kind flattened, their members unique and in order, bounds of one
 * field in one term, nothing that is always or never true left inside. `not` asks whether *no scene* of the run matches, so `not
 * not x` is another question than `x` and stays; only the third `not` takes back the first.
 */
export function simplify(expression: FilterExpression): FilterExpression {
  if ('and' in expression) return simplifyAnd(expression.and.map(simplify))
  if ('or' in expression) return simplifyOr(expression.or.map(simplify))
  if ('not' in expression) return simplifyNot(simplify(expression.not))
  return canonicalTerm(expression)
}

/** The members of its outermost AND; a lone expression is its own. */
export const conjunctsOf = (expression: FilterExpression): readonly FilterExpression[] =>
  'and' in expression ? expression.and : [expression]
/** The members of its outermost OR; a lone expression is its own. */
export const alternativesOf = (expression: FilterExpression): readonly FilterExpression[] =>
  'or' in expression ? expression.or : [expression]

function simplifyAnd(members: readonly FilterExpression[]): FilterExpression {
  const conjuncts = members.flatMap(conjunctsOf)
  if (conjuncts.some(isNothing)) return NOTHING
  const [first, ...rest] = inOrder(mergeRanges(conjuncts))
  if (first === undefined) return EVERYTHING
  return rest.length === 0 ? first : { and: [first, ...rest] }
}

function simplifyOr(members: readonly FilterExpression[]): FilterExpression {
  const alternatives = members.flatMap(alternativesOf)
  if (alternatives.some(isEverything)) return EVERYTHING
  const [first, ...rest] = inOrder(alternatives)
  if (first === undefined) return NOTHING
  return rest.length === 0 ? first : { or: [first, ...rest] }
}

function simplifyNot(inner: FilterExpression): FilterExpression {
  if (isEverything(inner)) return NOTHING
  if (isNothing(inner)) return EVERYTHING
  const isThird = 'not' in inner && 'not' in inner.not
  return isThird ? inner.not : { not: inner }
}

function inOrder(members: readonly FilterExpression[]): readonly FilterExpression[] {
  const byText = new Map(members.map((member) => [JSON.stringify(member), member]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member)
}
