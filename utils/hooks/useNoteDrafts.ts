import { useEffect, useRef, useState } from 'react'
import type { HistoricalRun } from '../../types'
import {
  draftFate,
  draftsOf,
  forgetDraft,
  keepDraft,
  type NoteDraft,
  type NoteField,
} from '../history/noteDrafts'

/**
 * Takes up what was typed into a run's fields and never saved: `save` gets it when the run is shown. `asked` are the drafts that
 * somebody's later edit stands against; a person decides about them. For one run, as long as the component lives.
 */
export function useNoteDrafts(
  run: HistoricalRun,
  save: (field: NoteField, text: string) => void,
): {
  readonly asked: readonly NoteDraft[]
  /** Null: what was typed is put back. */
  type(field: NoteField, text: string | null): void
  decide(draft: NoteDraft, isWanted: boolean): void
} {
  const { runId } = run
  const [asked, setAsked] = useState<readonly NoteDraft[]>(() =>
    draftsOf(runId).filter((draft) => draftFate(draft, run) === 'ask'),
  )
  const isTaken = useRef(false)
  useEffect(() => {
    if (isTaken.current) return
    isTaken.current = true
    for (const draft of draftsOf(runId)) {
      const fate = draftFate(draft, run)
      if (fate === 'forget') forgetDraft(draft)
      if (fate === 'save') save(draft.field, draft.text.trim())
    }
  }, [run, runId, save])
  return {
    asked,
    type(field, text) {
      setAsked((before) => before.filter((draft) => draft.field !== field))
      if (text === null) forgetDraft({ runId, field })
      else keepDraft({ runId, field, text, at: Date.now() })
    },
    decide(draft, isWanted) {
      setAsked((before) => before.filter((each) => each !== draft))
      if (isWanted) save(draft.field, draft.text.trim())
      else forgetDraft(draft)
    },
  }
}
