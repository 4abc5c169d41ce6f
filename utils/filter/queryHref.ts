import { parseQuery } from '../../services/telemetryFilterService'
import type { QueryError, TelemetryFilter } from '../../types'
import { historyHref } from '../history/historyView'
import { withValue, type FilterField } from './choices'

/** What keeps a query from being read; null when nothing does. */
export function readQuery(text: string): QueryError | null {
  const parsed = parseQuery(text)
  return parsed.ok ? null : parsed.error
}

/** The History page with what a query finds; undefined when it cannot be read. */
export function hrefOfQuery(text: string): string | undefined {
  const parsed = parseQuery(text)
  return parsed.ok ? historyHref({ filter: parsed.value }) : undefined
}

/** The History page with the runs that have this value, or, excluded, with those that don't, within what `filter` asks for. */
export const hrefOfValue = (
  field: FilterField,
  value: string,
  isExcluded = false,
  filter: TelemetryFilter = {},
): string => historyHref({ filter: withValue(filter, field, value, isExcluded) })
