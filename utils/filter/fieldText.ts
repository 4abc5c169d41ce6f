import {
  alternativesOf,
  conjunctsOf,
  expressionOf,
  formatValue,
  isTerm,
  normalizeFilter,
  parseQuery,
} from '../../services/telemetryFilterService'
import type { FilterExpression, TelemetryFilter } from '../../types'
import type { FilterField } from './choices'

/** What a filter asks of one field, as it would be written behind its colon; '' when it asks nothing of it alone. */
export function readFieldText(filter: TelemetryFilter, field: FilterField): string {
  const asked = conjunctsOf(expressionOf(filter)).find((each) => isAbout(each, field))
  return asked
    ? alternativesOf(asked)
        .flatMap((each) => (isTerm(each) ? [formatValue(each)] : []))
        .join(',')
    : ''
}

/** The filter that asks this of the field instead; undefined when it cannot be read. An empty text asks nothing. Normalized. */
export function writeFieldText(
  filter: TelemetryFilter,
  field: FilterField,
  text: string,
): TelemetryFilter | undefined {
  const rest = conjunctsOf(expressionOf(filter)).filter((each) => !isAbout(each, field))
  const written = text.trim()
  if (written === '') return normalizeFilter({ expression: { and: rest } })
  const isPlain = /^[\p{L}\p{N}_*.,"-]+$/u.test(written)
  const parsed = parseQuery(`${field}:${isPlain ? written : JSON.stringify(written)}`)
  return parsed.ok
    ? normalizeFilter({ ...parsed.value, expression: { and: [...rest, expressionOf(parsed.value)] } })
    : undefined
}

const isAbout = (expression: FilterExpression, field: FilterField): boolean => {
  const alternatives = alternativesOf(expression)
  return alternatives.length > 0 && alternatives.every((each) => isTerm(each) && each.field === field)
}
