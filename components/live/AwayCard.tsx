import type { ReactElement } from 'react'
import { runHref, useAwaySummary } from '../../utils/hooks'
import type { AwayPeriod, AwaySummary } from '../../utils/away/awaySummary'
import { CardTitle } from '../ui/CardTitle'
import './AwayCard.css'

/** What happened while nobody looked; nothing when nothing did. It comes in once, before one reads on, and changes no more. */
export function AwayCard(props: {
  readonly period: AwayPeriod
  readonly onDismiss: () => void
}): ReactElement | null {
  const summary = useAwaySummary(props.period)
  if (!summary) return null
  const handleDismiss = (): void => {
    props.onDismiss()
    // The button goes: the focus would be nowhere.
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  return (
    <section className="tele-card tele-away" aria-labelledby="tele-away-title">
      <header>
        <CardTitle level={2} id="tele-away-title">
          {summary.title}
        </CardTitle>
        <button type="button" className="tele-button tele-button-quiet" onClick={handleDismiss}>
          Dismiss
        </button>
      </header>
      <p className="tele-lead">{summary.sentence}</p>
      {summary.unknown !== undefined && <p>{summary.unknown}</p>}
      <Failures summary={summary} />
      <Runs summary={summary} />
    </section>
  )
}

function Failures({ summary }: { readonly summary: AwaySummary }): ReactElement | null {
  const { failures, moreFailures } = summary
  if (failures.length === 0) return null
  return (
    <ul aria-label="What failed">
      {failures.map(({ runId, sceneId, scene, runName, why }) => (
        <li key={`${runId} ${sceneId}`}>
          <a href={runHref(runId, sceneId)}>
            {scene} of {runName}
          </a>
          : {why}
        </li>
      ))}
      {moreFailures > 0 && <li className="tele-muted">{moreFailures} more failed.</li>}
    </ul>
  )
}

function Runs({ summary }: { readonly summary: AwaySummary }): ReactElement | null {
  const { runs, moreRuns } = summary
  if (runs.length === 0) return null
  return (
    <ul className="tele-away-runs" aria-label="Runs that ended">
      {runs.map(({ runId, name, result }) => (
        <li key={runId}>
          <a href={runHref(runId)}>{name}</a> <span className="tele-muted">{result}</span>
        </li>
      ))}
      {moreRuns > 0 && (
        <li>
          <a href="#/history">{moreRuns} more in the history</a>
        </li>
      )}
    </ul>
  )
}
