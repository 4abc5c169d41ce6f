import type { ReactElement } from 'react'
import { formatExact } from '../../utils/format/formatTime'
import { RUN_LIMITS } from '../../utils/history/runLimits'
import type { NoteDraft, NoteField } from '../../utils/history/noteDrafts'
import { useAnnotation, useNoteDrafts, type AnnotationState } from '../../utils/hooks'
import { Marked } from '../ui/Marked'
import { EditableTags } from './EditableTags'
import { EditableText } from './EditableText'
import type { RunTabProps } from './runTabProps'

/** What people say about a run, edited in place; each edit says that it is saved and can be taken back. */
export function NotesTab({ run }: RunTabProps): ReactElement {
  const { state, save, tag, undo } = useAnnotation(run.runId)
  const { runName = '', notes = '', tags = [] } = run
  const write = (field: NoteField, text: string): void =>
    save({ [field]: text }, { [field]: run[field] ?? '' })
  const drafts = useNoteDrafts(run, write)
  return (
    <div className="tele-notes-tab">
      <EditableText
        label="Name"
        value={runName}
        shown={<Marked text={runName} field="runName" />}
        empty="No name"
        maxLength={RUN_LIMITS.runName}
        onSave={(next) => write('runName', next)}
        onDraft={(text) => drafts.type('runName', text)}
      />
      <EditableTags tags={tags} onTag={tag} />
      <EditableText
        label="Notes"
        value={notes}
        shown={<Marked text={notes} field="notes" />}
        empty="No notes. What was tried, and what came of it?"
        isLong
        maxLength={RUN_LIMITS.notes}
        onSave={(next) => write('notes', next)}
        onDraft={(text) => drafts.type('notes', text)}
      />
      {drafts.asked.map((draft) => (
        <OlderDraft key={draft.field} draft={draft} onDecide={(isWanted) => drafts.decide(draft, isWanted)} />
      ))}
      <p role="status" className="tele-notes-state">
        <SavedState state={state} editedAt={run.editedAt} onUndo={undo} />
      </p>
    </div>
  )
}

/** What was typed before somebody's later edit, and never saved: neither is thrown away unasked. */
function OlderDraft(props: {
  readonly draft: NoteDraft
  readonly onDecide: (isWanted: boolean) => void
}): ReactElement {
  const { draft, onDecide } = props
  const what = draft.field === 'notes' ? 'Notes' : 'A name'
  return (
    <section className="tele-typed" aria-label="Typed and not saved">
      <p>
        {what} typed {formatExact(draft.at)} and not saved, before the last edit:
      </p>
      <blockquote>{draft.text}</blockquote>
      <p>
        <button type="button" className="tele-button" onClick={() => onDecide(true)}>
          Save it instead
        </button>{' '}
        <button type="button" className="tele-button tele-button-quiet" onClick={() => onDecide(false)}>
          Throw it away
        </button>
      </p>
    </section>
  )
}

function SavedState(props: {
  readonly state: AnnotationState
  readonly editedAt: number | undefined
  readonly onUndo: () => void
}): ReactElement | null {
  const { state, editedAt, onUndo } = props
  switch (state.status) {
    case 'untouched':
      return editedAt === undefined ? null : (
        <span className="tele-muted">Name, tags or notes last edited {formatExact(editedAt)}.</span>
      )
    case 'saving':
      return <span className="tele-muted">Saving…</span>
    case 'saved':
      return (
        <>
          Saved.{' '}
          <button type="button" className="tele-button tele-button-quiet" onClick={onUndo}>
            Undo
          </button>
        </>
      )
    case 'undone':
      return <>Taken back.</>
    case 'failed':
      return <>Not saved: {state.message}</>
  }
}
