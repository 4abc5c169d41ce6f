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
  const message = messageOf({ reason, error })
  return {
    exitReason: [reason],
    ...(message === undefined ? {} : { expression: { field: 'error', op: 'contains', value: message } }),
  }
}

/** The History page with these runs. */
export function earlierHref(kind: FailureKind): string {
  const message = messageOf(kind)
  const terms = [
    `reason:${quoted(kind.reason)}`,
    ...(message === undefined ? [] : [`error:${quoted(message)}`]),
  ]
  return `#/history?q=${encodeURIComponent(terms.join(' '))}`
}

function messageOf({ reason, error }: FailureKind): string | undefined {
  if (reason !== 'error' && reason !== 'rejected') return undefined
  const [line = ''] = (error?.message ?? '').split('\n')
  const [stable = ''] = line.slice(0, MAX_MESSAGE).split(/\d/)
  return stable.trim() === '' ? undefined : stable.trim()
}

const quoted = (text: string): string =>
  /^[\w-]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
