import type { FilterExpression, TelemetryFilter } from '../../types'
import { simplify } from './simplify'
import { dateTerm, EVERYTHING, rangeTerm, textTerm, type Field } from './terms'

/**
 * Everything a filter asks for as one simplified expression; `{ and: [] }` when it asks for nothing. The one meaning that matching,
 * writing and searching share: its terms are canonical, so a list of values is an `or` of `is` terms, number fields have ranges
 * only, `date` has `after` and `before` only.
 */
export function expressionOf(filter: TelemetryFilter): FilterExpression {
  return simplify({ and: [...membersOf(filter), filter.expression ?? EVERYTHING] })
}

/** The members that are lists of exact values, and the field each is about. */
export const LIST_MEMBERS = [
  ['status', 'status'],
  ['exitReason', 'reason'],
  ['gpuModel', 'gpu'],
  ['sceneIds', 'scene'],
  ['storyIds', 'story'],
  ['runIds', 'run'],
  ['tags', 'tag'],
  ['source', 'source'],
] as const satisfies readonly (readonly [keyof TelemetryFilter, Field])[]

function membersOf(filter: TelemetryFilter): readonly FilterExpression[] {
  const { dateRange, duration, attempts, text, errorPattern } = filter
  const lists = LIST_MEMBERS.flatMap(([member, field]) => listOf(field, filter[member]))
  return [
    ...lists,
    dateTerm(dateRange?.from, dateRange?.to),
    ...rangeOf('duration', duration),
    ...rangeOf('attempts', attempts),
    ...(text ? [textTerm('text', 'contains', text)] : []),
    ...(errorPattern ? [textTerm('error', 'regex', errorPattern)] : []),
  ]
}

function listOf(field: Field, values: readonly string[] | undefined): readonly FilterExpression[] {
  if (values === undefined || values.length === 0) return []
  return [{ or: values.map((value) => textTerm(field, 'is', value)) }]
}

function rangeOf(
  field: Field,
  range: { readonly min?: number; readonly max?: number } | undefined,
): readonly FilterExpression[] {
  const [min, max] = [range?.min, range?.max].map((bound) => (Number.isFinite(bound) ? bound : undefined))
  return min === undefined && max === undefined ? [] : [rangeTerm(field, min, max)]
}
