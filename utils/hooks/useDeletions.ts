import { useCallback, useState } from 'react'
import type { RecentDeletion, RecentDeletions } from '../../types'
import { RESTORING } from '../history/deletionWords'
import { takeBack } from '../history/takeBack'
import { useNow } from './useNow'
import { useAsync } from './useAsync'
import { useRevision } from './useRunHistory'
import { useTelemetry } from './TelemetryProvider'
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
  const revision = useRevision()
  const minute = useNow(MINUTE_MS)
  const [returning, setReturning] = useState<ReadonlySet<string>>(new Set())
  const ask = useCallback(() => {
    // With time some can be brought back no more.
    void [revision, minute]
    return history.deletions()
  }, [history, revision, minute])
  const { value, error } = useAsync(ask)
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

const MINUTE_MS = 60_000
