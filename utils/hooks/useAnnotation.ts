import { useCallback, useState } from 'react'
import { useTelemetry } from './TelemetryProvider'

/** What a person may say about a run. */
export interface Annotation {
  readonly runName?: string
  readonly tags?: readonly string[]
  readonly notes?: string
}

export type AnnotationState =
  | { readonly status: 'untouched' }
  | { readonly status: 'saving' }
  /** `before`: what it was, for an undo. */
  | { readonly status: 'saved'; readonly before: Annotation }
  | { readonly status: 'undone' }
  | { readonly status: 'failed'; readonly message: string }

/** Saves edits of a run's name, tags and notes, says how that went, and takes the last one back. */
export function useAnnotation(runId: string): {
  readonly state: AnnotationState
  save(change: Annotation, before: Annotation): void
  undo(): void
} {
  const { history } = useTelemetry()
  const [state, setState] = useState<AnnotationState>({ status: 'untouched' })
  const write = useCallback(
    (change: Annotation, done: AnnotationState) => {
      setState({ status: 'saving' })
      history.annotate(runId, change).then(
        () => setState(done),
        (error: unknown) =>
          setState({
            status: 'failed',
            message: error instanceof Error ? error.message : 'It could not be saved. Try again.',
          }),
      )
    },
    [history, runId],
  )
  return {
    state,
    save: (change, before) => write(change, { status: 'saved', before }),
    undo() {
      if (state.status === 'saved') write(state.before, { status: 'undone' })
    },
  }
}
