import { expressionOf, freeWords } from '../../services/telemetryFilterService'
import type { TelemetryFilter } from '../../types'
import { BEST_FIRST, NEWEST_FIRST, type RunSort } from './runColumns'

/** Whether words are sought in all texts, so that runs can have them better or worse. */
export const hasFreeWords = (filter: TelemetryFilter): boolean => freeWords(expressionOf(filter)).length > 0

/** The order of a list until somebody chooses another: what was sought best first, else the newest. */
export const usualSort = (filter: TelemetryFilter): RunSort =>
  hasFreeWords(filter) ? BEST_FIRST : NEWEST_FIRST
