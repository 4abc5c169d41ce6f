import type { ReactElement } from 'react'
import { formatExact, formatWhen } from '../../utils/format/formatTime'
import { count } from '../../utils/format/formatCount'
import { runTitle } from '../../utils/format/runTitle'

/** Earlier runs with the same ending. */
export interface EarlierOccurrences {
  readonly count: number
  /** The newest few, newest first. */
  readonly runs: readonly { readonly runId: string; readonly runName?: string; readonly timestamp: number }[]
  /** Where all of them are listed. */
  readonly href?: string
}

/** How often the same happened before, when last, and in which runs. */
export function EarlierRunList(props: {
  readonly earlier: EarlierOccurrences
  readonly now: number
  readonly hrefOf: (runId: string) => string
}): ReactElement {
  const { earlier, now, hrefOf } = props
  const [last] = earlier.runs
  if (earlier.count === 0 || !last) return <p className="tele-muted">It is the first time in this history.</p>
  return (
    <div className="tele-earlier">
      <p>
        It happened in {count(earlier.count, 'earlier run')}, last <When at={last.timestamp} now={now} />.{' '}
        {earlier.href !== undefined && earlier.count > earlier.runs.length && (
          <a href={earlier.href}>All {earlier.count}</a>
        )}
      </p>
      <ul aria-label="Earlier runs with the same ending">
        {earlier.runs.map(({ runId, runName, timestamp }) => (
          <li key={runId}>
            <a href={hrefOf(runId)}>{runTitle({ runName })}</a>{' '}
            <span className="tele-muted">
              <When at={timestamp} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function When({ at, now }: { readonly at: number; readonly now: number }): ReactElement {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {formatWhen(at, now)}
    </time>
  )
}
