import { useId, type ReactElement } from 'react'
import type { RunComparison } from '../types'
import { durationWords } from '../utils/comparison/durationWords'
import { metricRows } from '../utils/comparison/metricRows'
import { pastRuns } from '../utils/comparison/pastRuns'
import { scopeSentence } from '../utils/comparison/scopeSentence'
import { runHref, useComparison, useIsSimulated } from '../utils/hooks'
import { countScenes, countsSentence, failedScenes } from '../utils/run/sceneCounts'
import { MetricTable } from './comparison/MetricTable'
import { PastRunStrip } from './comparison/PastRunStrip'
import { PlainTitle } from './ui/PlainTitle'
import { TrendMark } from './ui/TrendMark'
import './theme/tokens.css'
import './theme/parts.css'
import './HistoricalTelemetryCard.css'

export interface HistoricalTelemetryCardProps {
  /** Undefined while it is not known. */
  readonly value: RunComparison | undefined
  /** Why there is no value and none is to come. */
  readonly error?: string | null
  readonly onOpenRun?: (runId: string) => void
  readonly title?: string
  readonly isSimulated?: boolean
}

/** A run against the earlier ones that are like it: what may be said of it, the figures, and the earlier runs over time. */
export function HistoricalTelemetryCard(props: HistoricalTelemetryCardProps): ReactElement {
  const { value, error, onOpenRun, title = 'Against earlier runs', isSimulated } = props
  const titleId = useId()
  return (
    <section
      className="tele tele-card tele-historical"
      aria-labelledby={titleId}
      aria-busy={!value && !error}
    >
      <PlainTitle level={3} id={titleId} isSimulated={isSimulated}>
        {title}
      </PlainTitle>
      {error && !value ? (
        <p role="alert">{error}</p>
      ) : value ? (
        <Comparison value={value} onOpenRun={onOpenRun} />
      ) : (
        <div className="tele-historical-place">
          <span className="tele-unseen">Reading the earlier runs…</span>
        </div>
      )}
    </section>
  )
}
/** Hosts import it either way. @public */
export default HistoricalTelemetryCard

/** The same of a saved run, kept up with the history; a mark opens its run's page unless `onOpenRun` does otherwise. */
export function ConnectedHistoricalTelemetryCard(
  props: { readonly runId: string } & Pick<HistoricalTelemetryCardProps, 'title' | 'onOpenRun'>,
): ReactElement {
  const { runId, onOpenRun = openRun, ...rest } = props
  const { value, error } = useComparison(runId)
  return (
    <HistoricalTelemetryCard
      {...rest}
      value={value}
      error={error}
      onOpenRun={onOpenRun}
      isSimulated={useIsSimulated()}
    />
  )
}

function openRun(runId: string): void {
  location.hash = runHref(runId)
}

function Comparison({
  value,
  onOpenRun,
}: {
  readonly value: RunComparison
  readonly onOpenRun: ((runId: string) => void) | undefined
}): ReactElement {
  const { current, historical, deltas } = value
  const past = pastRuns(current, historical)
  const isAlone = historical.length === 0
  return (
    <>
      {isAlone ? <p className="tele-lead">No earlier run is like it.</p> : <Lead value={value} />}
      {deltas.trend && current.status !== 'running' && <p>{TRENDS[deltas.trend]}</p>}
      <MetricTable rows={metricRows(value)} />
      {past.length > 0 && <PastRunStrip runs={past} now={current.averageDuration} onOpenRun={onOpenRun} />}
      {isAlone ? (
        <p className="tele-muted">
          Runs of the same workflow, models, size and GPU are compared. The next one like it will be set
          against this one.
        </p>
      ) : (
        <p className="tele-muted tele-historical-scope">{scopeSentence(value)}</p>
      )}
    </>
  )
}

/** What failed first, then how long the rest of it took. */
function Lead({ value }: { readonly value: RunComparison }): ReactElement {
  const counts = countScenes(value.current.scenes)
  const words = durationWords(value)
  const hasFailures = failedScenes(counts) > 0
  return (
    <>
      {hasFailures && <p className="tele-lead">{countsSentence(counts)}</p>}
      <p className={hasFailures ? undefined : 'tele-lead'}>
        <TrendMark shape={words.shape} size={words.size} word={words.phrase} isMuted={words.isPartial} />
      </p>
    </>
  )
}

const TRENDS = {
  degrading: 'Over time: runs like it have become slower.',
  improving: 'Over time: runs like it have become faster.',
  stable: 'Over time: no change in runs like it.',
} as const
