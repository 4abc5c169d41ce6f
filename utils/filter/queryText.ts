import { formatQuery } from '../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../types'

/** A filter as people write it; '' for none. */
export const queryText = (filter: TelemetryFilter): string => formatQuery(filter)
