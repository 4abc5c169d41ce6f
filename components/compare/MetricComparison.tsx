import type { ReactElement } from 'react'
import type { HistoricalRun, RunComparison } from '../../types'
import type { RunWords } from '../../utils/comparison/describeRun'
import { TOO_FEW_SCENES } from '../../utils/comparison/runFinding'
import { letterOf } from '../../utils/comparison/letterOf'
import { metricRow } from '../../utils/comparison/metricRows'
import { METRICS, saidOf, type Metric } from '../../utils/comparison/metrics'
import { count } from '../../utils/format/formatCount'
import { NotMeasured } from '../comparison/NotMeasured'
import { TrendMark } from '../ui/TrendMark'
import { RunHeadCell } from './RunHeadCell'

/** A row for each figure, a column for each run; beside what is held against something, its ratio, interval and verdict. */
export function MetricComparison(props: {
  readonly runs: readonly HistoricalRun[]
  readonly base: string
  readonly comparisons: ReadonlyMap<string, RunComparison>
  readonly onBase: (runId: string) => void
  readonly onRemove: (runId: string) => void
}): ReactElement {
  const { runs, base, comparisons, onBase, onRemove } = props
  return (
    <table className="tele-compare-table">
      <caption className="tele-unseen">Figures</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="tele-unseen">Figure</span>
          </th>
          {runs.map((run, i) => (
            <RunHeadCell
              key={run.runId}
              run={run}
              letter={letterOf(i)}
              isBase={run.runId === base}
              canBeBase={runs.length > 1}
              onBase={() => onBase(run.runId)}
              onRemove={() => onRemove(run.runId)}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {METRICS.map((metric) => (
          <tr key={metric.id}>
            <th scope="row">{metric.label}</th>
            {runs.map((run, i) => (
              <td key={run.runId} data-label={letterOf(i)}>
                <MetricCell
                  metric={metric}
                  run={run}
                  comparison={comparisons.get(run.runId)}
                  isAgainstUsual={base === 'auto'}
                />
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">Rests on</th>
          {runs.map((run, i) => (
            <td key={run.runId} data-label={letterOf(i)} className="tele-muted">
              {groundOf(run, comparisons.get(run.runId), base)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function MetricCell(props: {
  readonly metric: Metric
  readonly run: HistoricalRun
  readonly comparison: RunComparison | undefined
  readonly isAgainstUsual: boolean
}): ReactElement {
  const { metric, run, comparison, isAgainstUsual } = props
  const row = comparison && metricRow(metric, comparison)
  const words = row?.words
  return (
    <>
      <span className="tele-figure tele-compare-value">
        {saidOf(metric, metric.read(run)) ?? <NotMeasured />}
        {isAgainstUsual && row?.usual !== undefined && <span className="tele-muted"> usual {row.usual}</span>}
      </span>
      {words && (
        <span className="tele-compare-words">
          <TrendMark
            shape={words.shape}
            size={words.size}
            word={isAgainstUsual ? words.phrase : wordAgainstOne(words, metric)}
            isMuted={words.isPartial}
          />
          {words.interval !== undefined && (
            <span className="tele-muted tele-figure">
              {words.interval} {words.intervalName}
            </span>
          )}
        </span>
      )}
    </>
  )
}

/** More runs don't help two that are fixed. */
function wordAgainstOne({ phrase, word, size }: RunWords, { id }: Metric): string {
  if (size === undefined) return 'cannot tell: no scenes alike'
  if (!word.endsWith('needed')) return phrase
  return id === 'duration' ? TOO_FEW_SCENES : 'cannot tell from two runs'
}

/** How much a column's verdicts rest on. */
function groundOf(run: HistoricalRun, comparison: RunComparison | undefined, base: string): string {
  if (run.runId === base) return 'the others are held against it'
  if (!comparison) return 'its base is not in this history'
  const { historical, evidence } = comparison
  const left = evidence.excludedScenes > 0 ? `, ${count(evidence.excludedScenes, 'scene')} left out` : ''
  if (base === 'auto') return `${count(historical.length, 'earlier run')} like it${left}`
  return evidence.duration
    ? `${count(evidence.duration.n, 'scene')} of both, alike${left}`
    : 'no scenes alike'
}
