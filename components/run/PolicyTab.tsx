import type { ReactElement } from 'react'
import { useGroups } from '../../utils/hooks'
import { earlierLike } from '../../utils/comparison/earlierLike'
import { PolicyImpact } from '../comparison/PolicyImpact'
import { PolicyLines } from '../comparison/PolicyLines'
import type { RunTabProps } from './runTabProps'

/** The policy that the run was queued under, in words, and what became of earlier runs like it under each policy. */
export function PolicyTab({ run }: RunTabProps): ReactElement {
  const { policy } = run
  const earlier = earlierLike(run)
  const { value: groups, error } = useGroups('policy', earlier.filter)
  return (
    <div className="tele-policy-tab">
      {policy ? (
        <PolicyLines policy={policy} />
      ) : (
        <p className="tele-muted">
          Nobody told the policy it was queued under. Runs from the Generate page and from hosts that report
          it have one.
        </p>
      )}
      {error !== null && <p role="alert">{error}</p>}
      {groups && <PolicyImpact groups={groups} caption={`${earlier.words}, by policy`} />}
    </div>
  )
}
