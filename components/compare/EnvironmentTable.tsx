import type { ReactElement } from 'react'
import type { EnvironmentRow } from '../../utils/comparison/environmentRows'

/** Whose values stand in a column. */
export interface EnvironmentColumn {
  readonly id: string
  readonly title: string
  /** Before each value where the columns stand below each other. */
  readonly letter: string
}

/** What runs ran with; `onlyDifferences` leaves out what all have in common. */
export function EnvironmentTable(props: {
  readonly columns: readonly EnvironmentColumn[]
  readonly rows: readonly EnvironmentRow[]
  readonly onlyDifferences: boolean
}): ReactElement {
  const { columns, rows, onlyDifferences } = props
  const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows
  const same = rows.length - shown.length
  return (
    <section>
      <h2>What they ran with</h2>
      {shown.length > 0 && (
        <table className="tele-compare-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="tele-unseen">Setting</span>
              </th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Setting key={row.label} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length === 0 && <p className="tele-muted">Nothing is recorded of what they ran with.</p>}
      {same > 0 && (
        <p className="tele-muted">
          {same === 1 ? '1 setting is' : `${same} settings are`} the same in all and left out.
        </p>
      )}
    </section>
  )
}

function Setting(props: {
  readonly row: EnvironmentRow
  readonly columns: readonly EnvironmentColumn[]
}): ReactElement {
  const { label, values, differs } = props.row
  return (
    <tr className={differs ? 'tele-compare-differs' : undefined}>
      <th scope="row">
        {label}
        {differs && <span className="tele-compare-mark">differs</span>}
      </th>
      {props.columns.map(({ id, letter }, i) => (
        <td key={id} data-label={letter}>
          {values[i] ?? <span className="tele-muted">not known</span>}
        </td>
      ))}
    </tr>
  )
}
