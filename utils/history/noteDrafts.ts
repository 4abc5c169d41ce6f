import { readLocalText, writeLocalText } from '../../services/shared/localText'
import type { HistoricalRun } from '../../types'
import { RUN_LIMITS } from './runLimits'

/** What of a run is typed into a field. */
export const NOTE_FIELDS = ['runName', 'notes'] as const
export type NoteField = (typeof NOTE_FIELDS)[number]

/** What was typed of a run and is not known to be saved. */
export interface NoteDraft {
  readonly runId: string
  readonly field: NoteField
  readonly text: string
  /** When the last letter was typed, ms by this browser's clock. */
  readonly at: number
}

const NAME = 'noteDrafts'
/** Of so many fields what was typed is kept; the oldest goes first. */
const MAX_DRAFTS = 8

/** What was typed of a run, one text a field, oldest first; none where storage is denied, or what is stored there cannot be read. */
export const draftsOf = (runId: string): readonly NoteDraft[] =>
  readDrafts().filter((draft) => draft.runId === runId)

/** Keeps what is typed in this browser's localStorage, at once, so that it outlives the page. Does nothing where storage is denied. */
export function keepDraft(draft: NoteDraft): void {
  writeDrafts([...readDrafts().filter((each) => !isSameField(each, draft)), draft].slice(-MAX_DRAFTS))
}

/** Forgets a field's draft; with `saved`, only if it says no more than that, for one may have typed on while it was saved. */
export function forgetDraft(of: Pick<NoteDraft, 'runId' | 'field'>, saved?: string): void {
  const drafts = readDrafts()
  const left = drafts.filter(
    (draft) => !isSameField(draft, of) || (saved !== undefined && draft.text.trim() !== saved.trim()),
  )
  if (left.length < drafts.length) writeDrafts(left)
}

/** Forgets every draft of every run. */
export const forgetDrafts = (): void => writeDrafts([])

/**
 * What to do with a draft of a run that is shown: `forget` what is saved already, `save` what was typed after the field's last
 * edit, `ask` where somebody edited the field later, in another tab or by an import.
 */
export function draftFate(draft: NoteDraft, run: HistoricalRun): 'forget' | 'save' | 'ask' {
  const { field, text, at } = draft
  const saved = run[field]
  if (text.trim() === (saved ?? '')) return 'forget'
  const editedAt = saved === undefined ? 0 : (run.edits?.[field] ?? run.editedAt ?? 0)
  return at >= editedAt ? 'save' : 'ask'
}

const isSameField = (a: Pick<NoteDraft, 'runId' | 'field'>, b: Pick<NoteDraft, 'runId' | 'field'>): boolean =>
  a.runId === b.runId && a.field === b.field

function writeDrafts(drafts: readonly NoteDraft[]): void {
  writeLocalText(NAME, drafts.length === 0 ? '' : JSON.stringify(drafts))
}

function readDrafts(): readonly NoteDraft[] {
  try {
    const stored: unknown = JSON.parse(readLocalText(NAME) ?? '[]')
    return Array.isArray(stored) ? stored.slice(-MAX_DRAFTS).flatMap(readDraft) : []
  } catch {
    return [] // not ours
  }
}

function readDraft(stored: unknown): readonly NoteDraft[] {
  const { runId, field: name, text, at }: Partial<Record<keyof NoteDraft, unknown>> = Object(stored)
  const field = NOTE_FIELDS.find((each) => each === name)
  const isWhole =
    typeof runId === 'string' && typeof text === 'string' && typeof at === 'number' && Number.isFinite(at)
  return isWhole && field !== undefined ? [{ runId, field, text: text.slice(0, RUN_LIMITS[field]), at }] : []
}
