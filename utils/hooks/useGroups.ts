import type { RunGroup, RunHistory, TelemetryFilter } from '../../types'
import type { AsyncAnswer } from './useAsync'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'

interface Question {
  readonly by: Parameters<RunHistory['groups']>[0]
  readonly filter: TelemetryFilter
}

/** The runs that match, in groups with their rates. Asked again when the history changed; `filter` is compared by content. */
export function useGroups(
  by: Question['by'],
  filter: TelemetryFilter = {},
): AsyncAnswer<readonly RunGroup[]> {
  return useHistoryAnswer({ by, filter }, ask)
}

const ask: AskHistory<Question, readonly RunGroup[]> = (history, { by, filter }) => history.groups(by, filter)
