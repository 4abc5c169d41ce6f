import type { ReactElement } from 'react'
import type { MetricRow } from '../../utils/comparison/metricRows'
import { TrendMark } from '../ui/TrendMark'
import { IntervalBar } from './IntervalBar'
import { NotMeasured } from './NotMeasured'
import './MetricTable.css'

/** A row for each figure: now, usual, trend, and the interval with its name; without what says nothing of any of them. */
export function MetricTable({ rows }: { readonly rows: readonly MetricRow[] }): ReactElement {
  const hasUsual = rows.some(({ usual }) => usual !== undefined)
  const isJudged = rows.some(({ words }) => words)
  return (
    <table className="tele-metrics">
      <caption className="tele-unseen">This run beside the runs that are like it</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" className="tele-number">
            Now
          </th>
          {hasUsual && (
            <th scope="col" className="tele-number">
              Usual
            </th>
          )}
          {isJudged && (
            <>
              <th scope="col">Against like runs</th>
              <th scope="col">Interval</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MetricTableRow key={row.id} row={row} hasUsual={hasUsual} isJudged={isJudged} />
        ))}
      </tbody>
    </table>
  )
}

function MetricTableRow(props: {
  readonly row: MetricRow
  readonly hasUsual: boolean
  readonly isJudged: boolean
}): ReactElement {
  const { row, hasUsual, isJudged } = props
  const { label, now, usual } = row
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="tele-number tele-metric-now">{now ?? <NotMeasured />}</td>
      {hasUsual && (
        <td className="tele-number tele-metric-usual">
          {usual ?? <span className="tele-muted">not known</span>}
        </td>
      )}
      {isJudged && <JudgedCells row={row} />}
    </tr>
  )
}

function JudgedCells({ row: { words, bounds } }: { readonly row: MetricRow }): ReactElement {
  if (!words)
    return (
      <>
        <td className="tele-muted">not tested</td>
        <td className="tele-metric-interval" />
      </>
    )
  const { shape, size, word, sentence, isPartial, interval, intervalName } = words
  return (
    <>
      <td>
        <TrendMark shape={shape} size={size} word={word} sentence={sentence} isMuted={isPartial} />
      </td>
      <td className="tele-metric-interval">
        {bounds && <IntervalBar {...bounds} />}
        {interval !== undefined && (
          <span>
            <span className="tele-figure">{interval}</span> <span className="tele-muted">{intervalName}</span>
          </span>
        )}
      </td>
    </>
  )
}
