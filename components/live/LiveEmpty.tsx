import type { ReactElement } from 'react'
import type { RunSummary } from '../../types'
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
  const [last] = runs
  const isConnected = ['live', 'stale', 'replaying', 'fallback'].includes(status)
  return (
    <>
      <section className="tele-card tele-empty">
        {last ? (
          <LastRun run={last} />
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

function LastRun({ run }: { readonly run: RunSummary }): ReactElement {
  const now = useNow(60_000)
  const { counts, sceneCount = 0 } = run
  const failed = counts.failed + counts.timeout
  return (
    <>
      <h1>
        Last run: {counts.success} of {count(Math.max(sceneCount, totalOf(counts)), 'scene')}
        {failed > 0 ? `, ${failed} failed` : ''}
      </h1>
      <p>
        <a href={runHref(run.runId)}>{runTitle(run)}</a>, {formatWhen(run.timestamp, now)}. Nothing runs now;
        the next run appears here by itself.
      </p>
    </>
  )
}

const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)
