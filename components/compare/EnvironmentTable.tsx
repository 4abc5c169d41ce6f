import type { ReactElement } from 'react'
import type { HistoricalRun } from '../../types'
import { environmentRows } from '../../utils/comparison/environmentRows'
import { letterOf } from '../../utils/comparison/letterOf'
import { runTitle } from '../../utils/format/runTitle'

/** What the runs ran with; `onlyDifferences` leaves out what all have in common. */
export function EnvironmentTable(props: {
  readonly runs: readonly HistoricalRun[]
  readonly base: string
  readonly onlyDifferences: boolean
}): ReactElement {
  const { runs, base, onlyDifferences } = props
  const rows = environmentRows(runs)
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
              {runs.map((run, i) => (
                <th key={run.runId} scope="col">
                  {letterOf(i)} {runTitle(run)}
                  {run.runId === base && ' (base)'}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ label, values, differs }) => (
              <tr key={label} className={differs ? 'tele-compare-differs' : undefined}>
                <th scope="row">
                  {label}
                  {differs && <span className="tele-compare-mark">differs</span>}
                </th>
                {values.map((value, i) => (
                  <td key={runs[i]?.runId} data-label={letterOf(i)}>
                    {value ?? <span className="tele-muted">not known</span>}
                  </td>
                ))}
              </tr>
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
