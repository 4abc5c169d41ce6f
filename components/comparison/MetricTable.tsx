import type { ReactElement } from 'react'
import type { MetricRow } from '../../utils/comparison/metricRows'
import { TrendMark } from '../ui/TrendMark'
import { IntervalBar } from './IntervalBar'
import { NotMeasured } from './NotMeasured'
import './MetricTable.css'

/** A row for each figure: now, usual, trend, and the interval with its name. */
export function MetricTable({ rows }: { readonly rows: readonly MetricRow[] }): ReactElement {
  return (
    <table className="tele-metrics">
      <caption className="tele-unseen">This run beside the runs that are like it</caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" className="tele-number">
            Now
          </th>
          <th scope="col" className="tele-number">
            Usual
          </th>
          <th scope="col">Against like runs</th>
          <th scope="col">Interval</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MetricTableRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function MetricTableRow({ row }: { readonly row: MetricRow }): ReactElement {
  const { label, now, usual, words, bounds } = row
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="tele-number tele-metric-now">{now ?? <NotMeasured />}</td>
      <td className="tele-number tele-metric-usual">
        {usual ?? <span className="tele-muted">not known</span>}
      </td>
      <td>
        {words ? (
          <TrendMark shape={words.shape} size={words.size} word={words.word} sentence={words.sentence} />
        ) : (
          <span className="tele-muted">not tested</span>
        )}
      </td>
      <td className="tele-metric-interval">
        {bounds && <IntervalBar {...bounds} />}
        {words?.interval !== undefined && (
          <span>
            <span className="tele-figure">{words.interval}</span>{' '}
            <span className="tele-muted">{words.intervalName}</span>
          </span>
        )}
      </td>
    </tr>
  )
}
