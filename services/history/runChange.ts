import type { HistoricalRun } from '../../types'
import { HistoryError } from './historyError'
import { RUN_LIMITS } from './runLimits'

/** What people write on a run. */
export type RunChange = Partial<Pick<HistoricalRun, 'runName' | 'tags' | 'notes'>>

/** The run with a person's edit at a time; what else was edited keeps its own time. */
export function withEdit(run: HistoricalRun, change: RunChange, editedAt: number): HistoricalRun {
  const edits: NonNullable<HistoricalRun['edits']> = {}
  for (const field of ['runName', 'tags', 'notes'] as const)
    if (!(field in change) && run[field] !== undefined) edits[field] = run.edits?.[field] ?? run.editedAt ?? 0
  const { edits: _, ...rest } = run
  return { ...rest, ...change, editedAt, ...(Object.keys(edits).length > 0 ? { edits } : {}) }
}

/** The change as it is kept; throws a HistoryError where something of it is too long. */
export function checkChange({ runName, tags, notes }: RunChange): RunChange {
  if (notes !== undefined && notes.length > RUN_LIMITS.notes)
    throw new HistoryError(
      'invalid',
      `Notes may have ${RUN_LIMITS.notes} characters; these have ${notes.length}.`,
    )
  if (runName !== undefined && runName.length > RUN_LIMITS.runName)
    throw new HistoryError(
      'invalid',
      `A name may have ${RUN_LIMITS.runName} characters; this one has ${runName.length}.`,
    )
  return {
    ...(runName === undefined ? {} : { runName: runName.trim() }),
    ...(tags === undefined ? {} : { tags: checkTags(tags) }),
    ...(notes === undefined ? {} : { notes }),
  }
}

/** Trimmed, each once, in the order given; throws a HistoryError where one is too long, or there are too many. */
export function checkTags(tags: readonly string[]): readonly string[] {
  const kept = [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
  const long = kept.find((tag) => tag.length > RUN_LIMITS.tag)
  if (long !== undefined)
    throw new HistoryError(
      'invalid',
      `A tag may have ${RUN_LIMITS.tag} characters; "${long.slice(0, 20)}…" has ${long.length}.`,
    )
  if (kept.length > RUN_LIMITS.tags)
    throw new HistoryError('invalid', `A run may have ${RUN_LIMITS.tags} tags; these are ${kept.length}.`)
  return kept
}

/** Why a run can't have these instead of the tags that it has; undefined if it can. It may always have fewer. */
export function tagsProblem(
  { runId, runName, tags = [] }: HistoricalRun,
  after: readonly string[],
): string | undefined {
  if (after.length <= Math.max(RUN_LIMITS.tags, tags.length)) return undefined
  return `“${runName ?? runId}” would have ${after.length} tags; a run may have ${RUN_LIMITS.tags}. Remove some of its tags first.`
}
