import type { ReactElement } from 'react'
import type { AttemptRecord, HistoricalRun } from '../../types'
import { formatPercent } from '../../utils/comparison/formatRatio'
import { describeOutcome, markOfEnd } from '../../utils/format/describeOutcome'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatDuration } from '../../utils/format/formatDuration'
import { formatClock } from '../../utils/format/formatTime'
import { StatusWord } from '../live/StatusWord'

interface Column {
  readonly title: string
  readonly read: (attempt: AttemptRecord) => string | undefined
}

const COLUMNS: readonly Column[] = [
  { title: 'In queue', read: ({ queueWait }) => said(queueWait, formatDuration) },
  { title: 'Took', read: ({ duration }) => said(duration, formatDuration) },
  { title: 'Free VRAM, mean', read: ({ gpu }) => said(gpu?.vramFreeMean, formatGigabytes) },
  {
    title: 'GPU busy, mean',
    read: ({ gpu }) => said(gpu?.utilizationMean, (percent) => formatPercent(percent / 100)),
  },
]

/** Every attempt of a scene: when it was queued, how it ended, and its figures. */
export function AttemptTable(props: {
  readonly attempts: readonly AttemptRecord[]
  readonly run: HistoricalRun
}): ReactElement {
  const { attempts, run } = props
  return (
    <table className="tele-attempts">
      <caption className="tele-unseen">Attempts</caption>
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">Queued</th>
          <th scope="col">Ended as</th>
          {COLUMNS.map(({ title }) => (
            <th key={title} scope="col" className="tele-number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={attempt.promptId ?? attempt.attempt}>
            <th scope="row">
              <span className="tele-attempt-word">Attempt </span>
              {attempt.attempt}
            </th>
            <td data-label="Queued">{said(attempt.queuedAt, formatClock) ?? '–'}</td>
            <td data-label="Ended as">
              <Ending attempt={attempt} run={run} />
            </td>
            {COLUMNS.map(({ title, read }) => (
              <td key={title} className="tele-number" data-label={title}>
                {read(attempt) ?? <span className="tele-muted">not measured</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Ending({
  attempt,
  run,
}: {
  readonly attempt: AttemptRecord
  readonly run: HistoricalRun
}): ReactElement {
  const { exitReason, error } = attempt
  return (
    <span title={describeOutcome({ reason: exitReason, error, policy: run.policy })}>
      <StatusWord mark={markOfEnd(exitReason)} />
    </span>
  )
}

const said = <T,>(value: T | undefined, format: (value: T) => string): string | undefined =>
  value === undefined ? undefined : format(value)
