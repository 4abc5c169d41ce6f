import type { ReactElement } from 'react'
import type { RunComparison } from '../../types'
import { usualRows } from '../../utils/comparison/environmentRows'
import { scopeSentence } from '../../utils/comparison/scopeSentence'
import { whatChanged } from '../../utils/comparison/whatChanged'
import { count } from '../../utils/format/formatCount'
import { runTitle } from '../../utils/format/runTitle'
import { useServerLabels } from '../../utils/hooks'
import { EnvironmentTable } from './EnvironmentTable'

/** What a single run ran with, beside what the earlier runs that are like it did. */
export function OneRunChanges({
  comparison,
}: {
  readonly comparison: RunComparison | undefined
}): ReactElement | null {
  const servers = useServerLabels()
  if (!comparison || !servers) return null
  const { current, historical } = comparison
  if (historical.length === 0) return <p>{scopeSentence(comparison)}</p>
  const changes = whatChanged(current, historical, servers)
  return (
    <>
      <p>
        {scopeSentence(comparison)}{' '}
        {changes === undefined
          ? 'Nothing that is recorded of it is new: earlier runs had the same.'
          : `Changed since: ${changes}.`}
      </p>
      <EnvironmentTable
        columns={[
          { id: current.runId, title: `A ${runTitle(current)}`, letter: 'A' },
          { id: 'usual', title: `${count(historical.length, 'earlier run')} like it`, letter: 'like it' },
        ]}
        rows={usualRows(current, historical, servers)}
        onlyDifferences={false}
      />
    </>
  )
}
