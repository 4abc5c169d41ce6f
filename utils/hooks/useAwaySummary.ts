import { useCallback } from 'react'
import { awaySummary, endedWithin, type AwayPeriod, type AwaySummary } from '../away/awaySummary'
import { NEWEST_FIRST } from '../history/runColumns'
import { useTelemetry } from './TelemetryProvider'
import { useAsync } from './useAsync'
import { useLive } from './useLive'
import { useRevision } from './useRevision'
import { useSettled } from './useSettled'

/** So many runs are looked through, newest first, and the scenes of so many named. */
const MAX_LOOKED_AT = 500
const MAX_READ = 3
/** Longer than the history's own refresh: a catch-up that still writes is waited for. */
const QUIET_MS = 700

/**
 * What the history knows of a time during which nobody looked; null while it is not settled, or when there is nothing to tell. Once
 * told it stands, so that nothing moves under who reads it: give its component a `key` that names the period.
 */
export function useAwaySummary(period: AwayPeriod): AwaySummary | null {
  const { history, realtime } = useTelemetry()
  const revision = useRevision()
  const isCaughtUp = useLive(({ connection }) => !CATCHING_UP.has(connection.status))
  const ask = useCallback(async () => {
    void revision
    const { runs } = await history.queryRuns({ sort: NEWEST_FIRST, limit: MAX_LOOKED_AT })
    const { server, gaps } = realtime.getSnapshot()
    const ended = runs.filter((run) => endedWithin(period, server?.clockOffset ?? 0, run))
    const failing = ended.filter(({ counts }) => counts.failed + counts.timeout > 0).slice(0, MAX_READ)
    const read = await history.getRuns(failing.map(({ runId }) => runId))
    return awaySummary({ period, ended, failing: read, gaps })
  }, [history, realtime, revision, period])
  const { value } = useAsync(ask)
  return useSettled(value ?? null, isCaughtUp && value !== undefined, QUIET_MS)
}

const CATCHING_UP: ReadonlySet<string> = new Set(['idle', 'connecting', 'replaying'])
