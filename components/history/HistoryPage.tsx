import { useState, type ReactElement } from 'react'
import type { RunSummary } from '../../types'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatDuration, plural, THIN } from '../../utils/format/formatDuration'
import { formatExact, formatWhen } from '../../utils/format/formatTime'
import { runHref, useNow, useRunHistory, useSourceLabels } from '../../utils/hooks'
import { RunStatusWord } from './RunStatusWord'
import './HistoryPage.css'

const PAGE_SIZE = 50

/** Every saved run, newest first. */
export function HistoryPage(): ReactElement {
  const [limit, setLimit] = useState(PAGE_SIZE)
  const { runs, total, loading, error } = useRunHistory({
    sort: { by: 'timestamp', direction: 'desc' },
    limit,
  })
  const now = useNow(60_000)
  const labels = useSourceLabels()
  return (
    <div className="tele-history">
      <header>
        <h1>History</h1>
        <p className="tele-muted">{total === 0 ? '' : plural(total, 'run')}</p>
      </header>
      {error !== null && <p role="alert">{error}</p>}
      {total === 0 && !loading && error === null && (
        <section className="tele-card tele-empty">
          <h2>No runs yet</h2>
          <p>
            Start one in ComfyUI; it appears here by itself, whether this page is open or not.{' '}
            <a href="#/live">See what is live</a>
          </p>
        </section>
      )}
      {runs.length > 0 && (
        <div className="tele-card tele-runs">
          <table>
            <caption className="tele-unseen">Saved runs, newest first</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Story</th>
                {labels && <th scope="col">Server</th>}
                <th scope="col">Status</th>
                <th scope="col" className="tele-number">
                  Scenes
                </th>
                <th scope="col" className="tele-number">
                  Avg scene
                </th>
                <th scope="col" className="tele-number">
                  Success
                </th>
                <th scope="col" className="tele-number">
                  Free VRAM
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <RunRow key={run.runId} run={run} now={now} labels={labels} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total > runs.length && (
        <button type="button" className="tele-button" onClick={() => setLimit(limit + PAGE_SIZE)}>
          Show {Math.min(PAGE_SIZE, total - runs.length)} more of {total}
        </button>
      )}
    </div>
  )
}

function RunRow(props: {
  readonly run: RunSummary
  readonly now: number
  /** Null where there is one server only. */
  readonly labels: ReadonlyMap<string, string> | null
}): ReactElement {
  const { run, now, labels } = props
  const { counts } = run
  const known = counts.success + counts.failed + counts.timeout + counts.skipped
  const of = Math.max(run.sceneCount ?? 0, known)
  const judged = counts.success + counts.failed + counts.timeout
  return (
    <tr>
      <td data-label="When">
        <time dateTime={new Date(run.timestamp).toISOString()} title={formatExact(run.timestamp)}>
          {formatWhen(run.timestamp, now)}
        </time>
      </td>
      <th scope="row">
        <a href={runHref(run.runId)}>{run.runName ?? 'Prompts without a run'}</a>
      </th>
      {labels && <td data-label="Server">{labels.get(run.source ?? '') ?? 'not known'}</td>}
      <td data-label="Status">
        <RunStatusWord status={run.status} />
      </td>
      <td data-label="Scenes" className="tele-number">
        {counts.success}/{of}
      </td>
      <td data-label="Avg scene" className="tele-number">
        {run.averageDuration === undefined ? <NotMeasured /> : formatDuration(run.averageDuration)}
      </td>
      <td data-label="Success" className="tele-number">
        {run.successRate === undefined ? (
          <NotMeasured />
        ) : (
          <span title={`${counts.success} of ${plural(judged, 'scene')}`}>
            {Math.round(run.successRate * 100)}
            {THIN}%
          </span>
        )}
      </td>
      <td data-label="Free VRAM" className="tele-number">
        {run.gpuAverageFree === undefined ? <NotMeasured /> : formatGigabytes(run.gpuAverageFree)}
      </td>
    </tr>
  )
}

/** A value that isn't known: said, never 0. */
function NotMeasured(): ReactElement {
  return (
    <span className="tele-muted" title="Not measured">
      –<span className="tele-unseen">not measured</span>
    </span>
  )
}
