import { useMemo, type ReactElement } from 'react'
import { count, whole } from '../../utils/format/formatCount'
import { useServerLabels } from '../../utils/hooks'
import { setupOf, type SetupRow, type SetupValue } from '../../utils/run/setupOf'
import { FilterValue } from '../filter/FilterValue'
import type { RunTabProps } from './runTabProps'
import './SetupTab.css'

/** What the run's scenes ran with. A value that a filter knows leads to the runs with it. */
export function SetupTab({ run }: RunTabProps): ReactElement {
  const servers = useServerLabels()
  const { rows, missing, isBare, scenes } = useMemo(() => setupOf(run, servers), [run, servers])
  if (scenes === 0) return <p className="tele-muted">No scene of this run is known.</p>
  return (
    <div className="tele-setup">
      {isBare && <NothingRecorded />}
      {rows.length > 0 && (
        <table>
          <caption>What it ran with, by the last attempts of {count(scenes, 'scene')}</caption>
          <tbody>
            {rows.map((row) => (
              <Setting key={row.label} row={row} of={scenes} />
            ))}
          </tbody>
        </table>
      )}
      {!isBare && missing.length > 0 && <p className="tele-muted">Not recorded: {missing.join(', ')}.</p>}
      {rows.some(({ isPartial }) => isPartial) && (
        <p className="tele-muted">Scenes that a row does not count have no record of it.</p>
      )}
    </div>
  )
}

function NothingRecorded(): ReactElement {
  return (
    <p className="tele-muted">
      Nothing is recorded of its workflow and its machine. A server with the telemetry node tells models,
      size, GPU and versions of every run. <a href="#/settings/connection">Connections</a>
    </p>
  )
}

function Setting({ row, of }: { readonly row: SetupRow; readonly of: number }): ReactElement {
  const { label, values, others } = row
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <ul>
          {values.map((value) => (
            <li key={value.whole ?? value.text}>
              <Value value={value} />
              {value.scenes < of && <Share scenes={value.scenes} of={of} />}
            </li>
          ))}
          {others > 0 && <li className="tele-muted">and {count(others, 'other')}</li>}
        </ul>
      </td>
    </tr>
  )
}

function Value({ value: { text, whole: all = text, filter } }: { readonly value: SetupValue }): ReactElement {
  if (!filter) return <bdi title={all === text ? undefined : all}>{text}</bdi>
  return (
    <FilterValue {...filter} label={all}>
      {text}
    </FilterValue>
  )
}

const Share = ({ scenes, of }: { readonly scenes: number; readonly of: number }): ReactElement => (
  <span className="tele-muted tele-figure">
    · {whole(scenes)} of {count(of, 'scene')}
  </span>
)
