import type { ReactElement } from 'react'
import type { QueuePolicy } from '../../types'
import { describePolicy } from '../../utils/format/describePolicy'
import { policySentence } from '../../utils/format/describeQueueConfig'
import './PolicyLines.css'

/** A queue policy in words: when a scene is given up, and each setting with what it does. Nothing where none is known. */
export function PolicyLines({ policy }: { readonly policy: Partial<QueuePolicy> }): ReactElement {
  const sentence = policySentence(policy)
  return (
    <>
      {sentence !== undefined && <p>{sentence}</p>}
      <dl className="tele-policy-lines">
        {describePolicy(policy).map(({ label, value, meaning }) => (
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
  )
}
