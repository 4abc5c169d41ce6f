import { parseQuery } from '../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../types'
import { wordAt } from './wordAt'

/** What a query asks for without its last word, which is still being written; nothing where that cannot be read. */
export function filterBefore(query: string): TelemetryFilter {
  const parsed = parseQuery(query.slice(0, wordAt(query, query.length).start))
  return parsed.ok ? parsed.value : {}
}
