import * as v from 'valibot'
import { id, time } from './primitives'

const MAX_TEXT = 20_000

/**
 * What of a record of the host's draft database is a fact: its id, its time, its notes, its story. Its figures are
 * placeholders and are not read. A member that isn't what it should be counts as absent, but for the first two.
 */
export const draftRunSchema = v.object({
  runId: id(),
  timestamp: time(),
  storyId: said(256),
  storyTitle: said(256),
  notes: said(MAX_TEXT),
})

/** Text that says something, its first `max` characters. */
function said(max: number) {
  return v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => (typeof value === 'string' && value !== '' ? value.slice(0, max) : undefined)),
    ),
  )
}
