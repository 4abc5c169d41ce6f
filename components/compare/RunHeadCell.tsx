import type { ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { formatExact } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { runHref } from '../../utils/hooks'

/** The head of a run's column: its letter, its name, when it was, and what can be done with the column. */
export function RunHeadCell(props: {
  readonly run: HistoricalRun
  readonly letter: string
  readonly isBase: boolean
  readonly canBeBase: boolean
  readonly onBase: () => void
  readonly onRemove: () => void
}): ReactElement {
  const { run, letter, isBase, canBeBase, onBase, onRemove } = props
  const name = runTitle(run)
  return (
    <th scope="col" className="tele-compare-head">
      <span>
        <b>{letter}</b> <a href={runHref(run.runId)}>{name}</a>
        {isBase && ' (base)'}
      </span>
      <time className="tele-muted" dateTime={new Date(run.timestamp).toISOString()}>
        {formatExact(run.timestamp)}
      </time>
      <span className="tele-compare-actions">
        {!isBase && canBeBase && (
          <button
            type="button"
            className="tele-button"
            aria-label={`Make base: ${letter} ${name}`}
            onClick={onBase}
          >
            Make base
          </button>
        )}
        <button
          type="button"
          className="tele-button tele-button-quiet"
          aria-label={`Remove ${letter} ${name}`}
          onClick={onRemove}
        >
          Remove
        </button>
      </span>
    </th>
  )
}
