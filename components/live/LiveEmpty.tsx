import type { ReactElement } from 'react'
import { count } from '../../utils/format/formatCount'
import { formatWhen } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { runHref, useLive, useNow, useRunHistory } from '../../utils/hooks'
import { EventLog } from './EventLog'
import { GpuPanel } from './GpuPanel'

const NEWEST = { sort: { by: 'timestamp', direction: 'desc' }, limit: 1 } as const

/** Nothing runs: the last result, or how to begin. */
export function LiveEmpty(): ReactElement {
  const { runs, loading } = useRunHistory(NEWEST)
  const status = useLive((state) => state.connection.status)
  const now = useNow(60_000)
  const [last] = runs
  const isConnected = ['live', 'stale', 'replaying', 'fallback'].includes(status)
  return (
    <>
      <section className="tele-card tele-empty">
        {last ? (
          <>
            <h1>
              Last run: {last.counts.success} of{' '}
              {count(Math.max(last.sceneCount ?? 0, totalOf(last.counts)), 'scene')}
              {last.counts.failed + last.counts.timeout > 0
                ? `, ${last.counts.failed + last.counts.timeout} failed`
                : ''}
            </h1>
            <p>
              <a href={runHref(last.runId)}>{runTitle(last)}</a>, {formatWhen(last.timestamp, now)}. Nothing
              runs now; the next run appears here by itself.
            </p>
          </>
        ) : (
          !loading && (
            <>
              <h1>No runs yet</h1>
              <p>Start one in ComfyUI; it appears here by itself.</p>
            </>
          )
        )}
        <p>
          <a className="tele-button" href="#/generate">
            Generate…
          </a>
        </p>
        {!isConnected && (
          <p className="tele-muted">
            There is no connection to ComfyUI at the moment. The mark at the top says why.
          </p>
        )}
      </section>
      {isConnected && (
        <div className="tele-live-columns tele-live-idle">
          <EventLog />
          <GpuPanel />
        </div>
      )}
    </>
  )
}

const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
