import { useCallback, useState } from 'react'
import type { RecentDeletion, RecentDeletions } from '../../types'
import { RESTORING } from '../history/deletionWords'
import { takeBack } from '../history/takeBack'
import { useTelemetry } from './TelemetryProvider'
import { useHistoryAnswer, type AskHistory } from './useHistoryAnswer'
import { useNow } from './useNow'
import { useToasts } from './useToasts'

/** The deletions that can still be taken back, as they are now in whichever tab; null until they are known. */
export function useDeletions(): {
  readonly deletions: RecentDeletions | null
  readonly error: string | null
  /** Tokens of those that are being brought back from here. */
  readonly returning: ReadonlySet<string>
  bringBack(deletion: RecentDeletion): Promise<void>
} {
  const { history } = useTelemetry()
  const toasts = useToasts()
  const [returning, setReturning] = useState<ReadonlySet<string>>(new Set())
  // With time some can be brought back no more: another minute is another question.
  const { value, error } = useHistoryAnswer(useNow(MINUTE_MS), ask)
  const bringBack = useCallback(
    async ({ token, runs }: RecentDeletion) => {
      setReturning((tokens) => new Set([...tokens, token]))
      await takeBack(history, toasts, { tokens: [token], runs, words: RESTORING })
      setReturning((tokens) => new Set([...tokens].filter((each) => each !== token)))
    },
    [history, toasts],
  )
  return { deletions: value ?? null, error, returning, bringBack }
}

const ask: AskHistory<number, RecentDeletions> = (history) => history.deletions()

const MINUTE_MS = 60_000
