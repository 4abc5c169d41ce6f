import type { AttemptRecord } from '../../types'

/** The last attempt that made files. */
export const withFiles = (attempts: readonly AttemptRecord[]): AttemptRecord | undefined =>
  attempts.findLast(({ outputs }) => outputs && outputs.length > 0)
