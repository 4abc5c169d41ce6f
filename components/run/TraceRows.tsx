import type { ReactElement } from 'react'
import type { GpuTrace } from '../../types'
import { thinTrace } from '../../utils/live/thinTrace'
import { tickText } from '../../utils/run/timeTicks'
import { TRACE_METRICS } from '../../utils/run/traceMetrics'

const MAX_ROWS = 60

/** The readings of one GPU as a table, for who reads rather than looks: at most 60 rows. */
export function TraceRows({ trace, gpu }: { readonly trace: GpuTrace; readonly gpu: number }): ReactElement {
  const points = thinTrace(trace, gpu, MAX_ROWS)
  const origin = points[0]?.at ?? 0
  return (
    <div className="tele-trace-table" role="region" aria-label={`Readings of GPU ${gpu}`} tabIndex={0}>
      <table>
        <caption>Readings of GPU {gpu}</caption>
        <thead>
          <tr>
            <th scope="col">Since the start</th>
            {TRACE_METRICS.map(({ title }) => (
              <th key={title} scope="col" className="tele-number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              <td>{tickText(point.at - origin)}</td>
              {TRACE_METRICS.map(({ field, text }) => (
                <td key={field} className="tele-number">
                  {point[field] === null ? <span className="tele-muted">–</span> : text(point[field])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
