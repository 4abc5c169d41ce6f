import {
  addTerm,
  alternativesOf,
  conjunctsOf,
  expressionOf,
  isTextTerm,
  removeTerm,
} from '../../services/telemetryFilterService'
import type { FilterExpression, RunField, SceneField, TelemetryFilter } from '../../types'

export type FilterField = RunField | SceneField
export type Choice = 'included' | 'excluded'

/** What a filter says of each value of a field: one of those asked for, or excluded. Values inside other groups are not among them. */
export function choicesOf(filter: TelemetryFilter, field: FilterField): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>()
  for (const conjunct of conjunctsOf(expressionOf(filter))) {
    const isExcluded = 'not' in conjunct
    const values = valuesOf('not' in conjunct ? conjunct.not : conjunct, field)
    for (const value of values) choices.set(value, isExcluded ? 'excluded' : 'included')
  }
  return choices
}

/** The filter after a click on a value: asked for, excluded, or, where it was so already, neither. Normalized. */
export function toggleValue(
  filter: TelemetryFilter,
  field: FilterField,
  value: string,
  choice: Choice,
): TelemetryFilter {
  if (choicesOf(filter, field).get(value) === choice) return removeTerm(filter, field, value)
  return addTerm(filter, field, value, choice === 'excluded')
}

/** The filter that asks for this value too, or, where it is excluded, for no run with it. Normalized. */
export const withValue = (
  filter: TelemetryFilter,
  field: FilterField,
  value: string,
  isExcluded = false,
): TelemetryFilter => addTerm(filter, field, value, isExcluded)

function valuesOf(expression: FilterExpression, field: FilterField): readonly string[] {
  const alternatives = alternativesOf(expression)
  const values = alternatives.flatMap((each) =>
    isTextTerm(each) && each.field === field && each.op === 'is' ? [each.value] : [],
  )
  return values.length === alternatives.length ? values : []
}
