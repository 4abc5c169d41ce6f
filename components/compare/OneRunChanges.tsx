import type { ReactElement } from 'react'
import type { RunComparison } from '../../types'
import { scopeSentence } from '../../utils/comparison/scopeSentence'
import { whatChanged } from '../../utils/comparison/whatChanged'
import { EnvironmentTable } from './EnvironmentTable'

/** What a single run ran with, beside the newest run that is like it. */
export function OneRunChanges({
  comparison,
}: {
  readonly comparison: RunComparison | undefined
}): ReactElement | null {
  if (!comparison) return null
  const { current, historical } = comparison
  const [newest] = historical
  const changes = whatChanged(current, historical)
  return (
    <>
      <p>
        {scopeSentence(comparison)}{' '}
        {newest &&
          (changes === undefined ? 'Nothing that is recorded changed.' : `Changed since: ${changes}.`)}
      </p>
      {newest && <EnvironmentTable runs={[current, newest]} base={newest.runId} onlyDifferences={false} />}
    </>
  )
}
