import type { RealtimeTelemetryUpdate } from '../../types'
import type { Cursor } from '../history/recorderStore'
import type { RunMessage } from '../wire/messages'

/** What the recorder reads: lifecycle entries in order, and where the stream stands after them. */
export interface JournalBatch {
  readonly entries: readonly JournalEntry[]
  readonly cursor: Cursor | undefined
  readonly source: string
}
/** One thing that the journal tells; `at` by the server's clock, epoch ms. */
export type JournalEntry =
  | { readonly kind: 'update'; readonly update: RealtimeTelemetryUpdate }
  | { readonly kind: 'run'; readonly run: RunMessage; readonly at: number }
  /** What was open under the journal before and isn't named will never be told to have ended. */
  | { readonly kind: 'other-journal'; readonly open: readonly string[]; readonly at: number }
