/** What kind of reason it is; each has its sentence. */
export type HistoryErrorCode =
  | 'denied'
  | 'blocked'
  | 'quota'
  | 'newer'
  | 'damaged'
  | 'closed'
  | 'aborted'
  | 'invalid'
  | 'standby'
  | 'unknown'

/** Why the history could not be read or written; `message` says what happened, what it means and what to do. */
export class HistoryError extends Error {
  constructor(
    readonly code: HistoryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    // What crosses from a worker keeps nothing but its name and its message.
    this.name = code === 'quota' ? 'QuotaExceededError' : 'HistoryError'
  }
}

const BY_NAME: Readonly<Record<string, HistoryErrorCode>> = {
  QuotaExceededError: 'quota',
  SecurityError: 'denied',
  NotAllowedError: 'denied',
  UnknownError: 'denied',
  VersionError: 'newer',
  InvalidStateError: 'closed',
  AbortError: 'aborted',
}

const SENTENCES: Readonly<Record<HistoryErrorCode, string>> = {
  denied:
    'This browser denies storage to this page. Nothing is being saved; allow site data for it, or leave private mode.',
  blocked:
    'Another tab holds an older version of the history open. Nothing is being saved here; close or reload that tab.',
  quota:
    'Storage is full. What was there is whole; nothing new is being saved until older runs are deleted or room is made.',
  newer:
    'The history was written by a newer version of this page. Nothing is being saved here; reload to get that version.',
  damaged:
    'The history in this browser is damaged: parts of it are missing. Nothing is being saved; clear the data of this site to begin a new one.',
  closed: 'The history was closed meanwhile. Reload the page.',
  aborted: 'The write was broken off; nothing of it was saved. It is tried again by itself.',
  invalid: 'What was to be saved is no run.',
  standby: 'Another tab records; this one only shows.',
  unknown: 'The history could not be written, and the browser does not say why. It is tried again by itself.',
}

/** Whatever IndexedDB throws, as a HistoryError. */
export function asHistoryError(error: unknown): HistoryError {
  if (error instanceof HistoryError) return error
  const name = error instanceof DOMException || error instanceof Error ? error.name : ''
  const code = BY_NAME[name] ?? 'unknown'
  return new HistoryError(code, SENTENCES[code], { cause: error })
}

/** With the sentence of its code. */
export const historyError = (code: HistoryErrorCode): HistoryError => new HistoryError(code, SENTENCES[code])

/** For what is asked or written of a run that the history doesn't show. */
export const noSuchRun = (): HistoryError =>
  new HistoryError('invalid', 'There is no such run here. It may have been deleted meanwhile.')
