import type { ReactElement } from 'react'
import type { ChartTable as Table } from '../../utils/charts/chartTypes'
import { whole } from '../../utils/format/formatCount'

/** A chart's rows for who reads rather than looks. */
export function ChartTable({
  table,
  caption,
}: {
  readonly table: Table
  readonly caption: string
}): ReactElement {
  const { heads, rows, total, isSample } = table
  return (
    <div className="tele-chart-table" role="region" aria-label={`${caption}, table`} tabIndex={0}>
      {total > rows.length && (
        <p className="tele-muted">
          {isSample
            ? `${whole(rows.length)} of ${whole(total)} rows: those of what is drawn, the newest first.`
            : `The newest ${whole(rows.length)} of ${whole(total)} rows.`}
        </p>
      )}
      <table>
        <thead>
          <tr>
            {heads.map(({ text, isNumber }, i) => (
              <th key={i} scope="col" className={isNumber ? 'tele-number' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, i) => (
                <td key={i} className={heads[i]?.isNumber ? 'tele-number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
