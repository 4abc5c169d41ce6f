import type { ReactElement } from 'react'
import type { RateEstimate, RunGroup } from '../../types'
import { formatPercent } from '../../utils/comparison/formatRatio'
import { count, whole } from '../../utils/format/formatCount'
import { formatDuration } from '../../utils/format/formatDuration'
import './PolicyImpact.css'

/** Runs grouped by the policy they ran under: what became of their scenes, with intervals. */
export function PolicyImpact(props: {
  readonly groups: readonly RunGroup[]
  /** Which runs they are of. */
  readonly caption: string
}): ReactElement {
  const { groups, caption } = props
  if (groups.length === 0)
    return <p className="tele-muted">No saved run names its policy yet. Runs that do are compared here.</p>
  return (
    <div className="tele-impact">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col" className="tele-number">
              Runs
            </th>
            <th scope="col" className="tele-number">
              Success
            </th>
            <th scope="col" className="tele-number">
              Timeouts
            </th>
            <th scope="col" className="tele-number">
              95 of 100 scenes end within
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <GroupRow key={group.key} group={group} />
          ))}
        </tbody>
      </table>
      <p className="tele-muted">
        In brackets: 95 % intervals. Intervals that overlap show no difference by themselves.
      </p>
    </div>
  )
}

function GroupRow({ group }: { readonly group: RunGroup }): ReactElement {
  const { label, runs, scenes, success, timeout, p95 } = group
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="tele-number" data-label="Runs">
        <span>
          {whole(runs)} <span className="tele-muted">{count(scenes, 'scene')}</span>
        </span>
      </td>
      <td className="tele-number" data-label="Success">
        <Rate rate={success} />
      </td>
      <td className="tele-number" data-label="Timeouts">
        <Rate rate={timeout} />
      </td>
      <td className="tele-number" data-label="95 of 100 end within">
        {p95 ? (
          <span>
            {formatDuration(p95.value)} <Bounds low={p95.low} high={p95.high} />
          </span>
        ) : (
          <span className="tele-muted">cannot be estimated</span>
        )}
      </td>
    </tr>
  )
}

function Rate({ rate }: { readonly rate: RateEstimate }): ReactElement {
  if (rate.of === 0) return <span className="tele-muted">no scenes</span>
  return (
    <span title={`${whole(rate.count)} of ${count(rate.of, 'scene')}`}>
      {formatPercent(rate.count / rate.of)}{' '}
      <span className="tele-muted">
        ({Math.round(rate.low * 100)}–{Math.round(rate.high * 100)})
      </span>
    </span>
  )
}

function Bounds(props: {
  readonly low: number | undefined
  readonly high: number | undefined
}): ReactElement | null {
  const { low, high } = props
  if (low === undefined && high === undefined) return null
  return (
    <span className="tele-muted">
      ({low === undefined ? 'unknown' : formatDuration(low)}–
      {high === undefined ? 'no upper bound' : formatDuration(high)})
    </span>
  )
}
