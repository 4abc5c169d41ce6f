import { useCallback, useState } from 'react'
import type { RunHistory } from '../../types'
import { reasonOf } from '../format/reasonOf'
import { forgetDraft, NOTE_FIELDS } from '../history/noteDrafts'
import { useTelemetry } from './TelemetryProvider'

/** What a person may write about a run. */
type Annotation = Pick<Parameters<RunHistory['annotate']>[1], 'runName' | 'notes'>

/** How the last edit stands. */
export type AnnotationState =
  | { readonly status: 'untouched' }
  | { readonly status: 'saving' }
  /** `takeBack`: writes what was there before. */
  | { readonly status: 'saved'; readonly takeBack: () => Promise<unknown> }
  | { readonly status: 'undone' }
  | { readonly status: 'failed'; readonly message: string }

/**
 * Saves edits of a run's name, notes and tags, says how that went, and takes the last one back. A tag is added or removed by itself:
 * what is shown may be older than what is saved.
 */
export function useAnnotation(runId: string): {
  readonly state: AnnotationState
  save(change: Annotation, before: Annotation): void
  tag(change: 'add' | 'remove', tag: string): void
  undo(): void
} {
  const { history } = useTelemetry()
  const [state, setState] = useState<AnnotationState>({ status: 'untouched' })
  const write = useCallback((act: () => Promise<unknown>, done: AnnotationState) => {
    setState({ status: 'saving' })
    act().then(
      () => setState(done),
      (error: unknown) => {
        const message = reasonOf(error, 'It could not be saved. Try again.')
        setState({ status: 'failed', message })
      },
    )
  }, [])
  return {
    state,
    save: (change, before) =>
      write(() => history.annotate(runId, change).then(() => forgetSaved(runId, change)), {
        status: 'saved',
        takeBack: () => history.annotate(runId, before),
      }),
    tag(change, tag) {
      const [one, other] =
        change === 'add' ? [{ add: [tag] }, { remove: [tag] }] : [{ remove: [tag] }, { add: [tag] }]
      write(() => history.tagRuns([runId], one), {
        status: 'saved',
        takeBack: () => history.tagRuns([runId], other),
      })
    },
    undo() {
      if (state.status === 'saved') write(state.takeBack, { status: 'undone' })
    },
  }
}

function forgetSaved(runId: string, change: Annotation): void {
  for (const field of NOTE_FIELDS)
    if (change[field] !== undefined) forgetDraft({ runId, field }, change[field])
}
