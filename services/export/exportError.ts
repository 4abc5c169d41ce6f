/** An unknown format, what can’t be done yet, or an unknown field. */
export type ExportErrorCode = 'format' | 'unsupported' | 'field'

/** Why a file could not be made; `message` says what can be done instead. An abort rejects with the signal's own reason. */
export class ExportError extends Error {
  constructor(
    readonly code: ExportErrorCode,
    message: string,
  ) {
    super(message)
    this.name = 'ExportError'
  }
}
