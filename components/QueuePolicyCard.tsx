import { useId, type ReactElement } from 'react'
import type { QueueConfig, RunGroup } from '../types'
import { describePolicy } from '../utils/format/describePolicy'
import { policyOfConfig, policySentence } from '../utils/format/describeQueueConfig'
import { useGroups, useIsSimulated } from '../utils/hooks'
import { PolicyImpact } from './comparison/PolicyImpact'
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
  const lines = describePolicy(policy)
  const sentence = policySentence(policy)
  return (
    <section className="tele tele-policy" aria-labelledby={titleId}>
      <PlainTitle level={3} id={titleId} isSimulated={isSimulated}>
        {title}
      </PlainTitle>
      {lines.length === 0 ? (
        <p className="tele-muted">No queue policy data available</p>
      ) : (
        <>
          {sentence !== undefined && <p>{sentence}</p>}
          <dl>
            {lines.map(({ label, value, meaning }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <span className="tele-figure">{value}</span>
                  <span className="tele-muted">{meaning}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {groups && <PolicyImpact groups={groups} />}
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
