import { useCallback } from 'react'
import type { PageHistory } from '../../services/telemetry/historyFacade'
import { useTelemetry } from './TelemetryProvider'
import { useAsync, type AsyncAnswer } from './useAsync'
import { useRevision } from './useRevision'

/** Puts a question to the history. Made once, not with every render. */
export type AskHistory<Q, T> = (history: PageHistory, question: Q, signal: AbortSignal) => Promise<T>

/** What the history answered last. */
export interface HistoryAnswer<T> extends AsyncAnswer<T> {
  /** Whether `value` is of the question as it is now, and not of the one before. */
  readonly isCurrent: boolean
}

/**
 * Asks the history, and again when it changed, at most every `everyMs`, or when the question is another one. Questions are plain data
 * and compared by content. The last answer stays while the next is on its way.
 */
export function useHistoryAnswer<Q, T>(
  question: Q,
  ask: AskHistory<Q, T>,
  everyMs?: number,
): HistoryAnswer<T> {
  const { history } = useTelemetry()
  const revision = useRevision(everyMs)
  const key = JSON.stringify(question)
  const put = useCallback(
    async (signal: AbortSignal) => {
      void revision
      const asked: Q = JSON.parse(key)
      return { of: key, value: await ask(history, asked, signal) }
    },
    [history, key, ask, revision],
  )
  const { value: answer, loading, error } = useAsync(put)
  return { value: answer?.value, isCurrent: answer?.of === key, loading, error }
}
