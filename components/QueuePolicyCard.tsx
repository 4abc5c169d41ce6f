import { useId, type ReactElement } from 'react'
import type { QueueConfig, RunGroup } from '../types'
import { policyOfConfig } from '../utils/format/describeQueueConfig'
import { useGroups, useIsSimulated } from '../utils/hooks'
import { PolicyImpact } from './comparison/PolicyImpact'
import { PolicyLines } from './comparison/PolicyLines'
import { PlainTitle } from './ui/PlainTitle'
import './theme/tokens.css'
import './theme/parts.css'
import './QueuePolicyCard.css'

export interface QueuePolicyCardProps {
  /** As the host writes it; settings that it leaves out are not shown. */
  readonly queueConfig?: QueueConfig
  readonly title?: string
  /** The policy's impact on history: earlier runs, grouped by the policy they ran under. */
  readonly groups?: readonly RunGroup[]
  readonly isSimulated?: boolean
}

/** The queue's settings in words and, where the history is given, what became of runs under each policy. */
export function QueuePolicyCard(props: QueuePolicyCardProps): ReactElement {
  const { queueConfig, title = 'Queue Policy Configuration', groups, isSimulated } = props
  const titleId = useId()
  const policy = policyOfConfig(queueConfig ?? {})
  return (
    <section className="tele tele-policy" aria-labelledby={titleId}>
      <PlainTitle level={3} id={titleId} isSimulated={isSimulated}>
        {title}
      </PlainTitle>
      {Object.keys(policy).length === 0 ? (
        <p className="tele-muted">No queue policy data available</p>
      ) : (
        <PolicyLines policy={policy} />
      )}
      {groups && <PolicyImpact groups={groups} caption="All runs by policy" />}
    </section>
  )
}
/** Hosts import it either way. @public */
export default QueuePolicyCard

/** The same with the saved runs, grouped by policy. */
export function ConnectedQueuePolicyCard(
  props: Pick<QueuePolicyCardProps, 'queueConfig' | 'title'>,
): ReactElement {
  const { value } = useGroups('policy')
  return <QueuePolicyCard {...props} {...(value ? { groups: value } : {})} isSimulated={useIsSimulated()} />
}
