import type { FilterExpression, RunField, SceneField, TelemetryFilter } from '../../types'
import { expressionOf } from './expressionOf'
import { filterOf } from './normalizeFilter'
import { alternativesOf, conjunctsOf, simplify } from './simplify'
import { isTerm, textTerm } from './terms'

/**
 * A click on a value: the filter that asks for it too, or excludes it. A second value of a field widens what the field may be (either
 * of them); a second word of `text` or another date narrows. Asking for what was excluded, or excluding what was asked for, takes the
 * place of it; doing either twice changes nothing. Values of number fields are in the units of `types.ts` or written with one; a date
 * is written, or a time in milliseconds, which stands for its day. The result is normalized.
 */
export function addTerm(
  filter: TelemetryFilter,
  field: SceneField | RunField,
  value: string,
  negate = false,
): TelemetryFilter {
  const term = termOf(field, value)
  const kept = conjunctsOf(removed(expressionOf(filter), term))
  const added = negate ? [...kept, { not: term }] : widened(kept, term, field)
  return filterOf(simplify({ and: added }))
}

/** The filter without this value: neither asked for nor excluded. Other values of the field stay. Normalized. */
export function removeTerm(
  filter: TelemetryFilter,
  field: SceneField | RunField,
  value: string,
): TelemetryFilter {
  return filterOf(simplify(removed(expressionOf(filter), termOf(field, value))))
}

/** A run's own time as it is stored means the local day that it is in: nobody looks for a millisecond. */
function termOf(field: SceneField | RunField, value: string): FilterExpression {
  const isStored = field === 'date' && /^\d{5,}(\.\d+)?$/.test(value)
  return simplify(textTerm(field, 'is', isStored ? dayOf(new Date(Number(value))) : value))
}

function dayOf(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function removed(expression: FilterExpression, term: FilterExpression): FilterExpression {
  const isIt = (each: FilterExpression): boolean => JSON.stringify(each) === JSON.stringify(term)
  const without = (alternatives: readonly FilterExpression[]): readonly FilterExpression[] => {
    const kept = alternatives.filter((each) => !isIt(each))
    return kept.length === 0 ? [] : [{ or: kept }]
  }
  const and = conjunctsOf(expression).flatMap((conjunct) => {
    if ('not' in conjunct) return without(alternativesOf(conjunct.not)).map((not) => ({ not }))
    return without(alternativesOf(conjunct))
  })
  return { and }
}

function widened(
  conjuncts: readonly FilterExpression[],
  term: FilterExpression,
  field: SceneField | RunField,
): readonly FilterExpression[] {
  const isAbout = (conjunct: FilterExpression): boolean =>
    alternativesOf(conjunct).every((each) => isTerm(each) && each.field === field) && !NARROWING.has(field)
  const known = conjuncts.find(isAbout)
  if (known === undefined) return [...conjuncts, term]
  return conjuncts.map((each) => (each === known ? { or: [...alternativesOf(each), term] } : each))
}

const NARROWING: ReadonlySet<SceneField | RunField> = new Set<SceneField | RunField>(['text', 'date'])
