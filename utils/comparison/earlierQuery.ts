import { formatQuery } from '../../services/telemetryFilterService'
import type { ExecutionError, TelemetryFilter } from '../../types'

/** What an earlier occurrence of a failure shares with it. */
export interface FailureKind {
  readonly reason: string
  readonly error?: ExecutionError | undefined
}

/** So much of a message tells errors apart; numbers and what follows them differ from time to time. */
const MAX_MESSAGE = 60

/** Runs with a scene that ended in the same way: the same reason, and for an error the same beginning of its message. */
export function earlierFilter({ reason, error }: FailureKind): TelemetryFilter {
  const message = reason === 'error' || reason === 'rejected' ? stableStart(error?.message) : ''
  return {
    exitReason: [reason],
    ...(message === '' ? {} : { expression: { field: 'error', op: 'contains', value: message } }),
  }
}

/** The History page with these runs. */
export const earlierHref = (kind: FailureKind): string =>
  `#/history?q=${encodeURIComponent(formatQuery(earlierFilter(kind)))}`

function stableStart(message = ''): string {
  const [line = ''] = message.split('\n')
  const [stable = ''] = line.slice(0, MAX_MESSAGE).split(/\d/)
  return stable.trim()
}
