import type { ReactElement } from 'react'
import type { HistoricalRun, RunComparison } from '../../types'
import { findingAgainst, findingOf, type RunFinding } from '../../utils/comparison/runFinding'
import { letterOf } from '../../utils/comparison/letterOf'
import { runTitle } from '../../utils/format/runTitle'
import { TrendMark } from '../ui/TrendMark'

/** What differs, in a line for each run that is held against something: what failed in it, and whether it was slower. */
export function CompareFindings(props: {
  readonly runs: readonly HistoricalRun[]
  readonly base: string
  readonly comparisons: ReadonlyMap<string, RunComparison>
}): ReactElement {
  const { runs, base, comparisons } = props
  const at = runs.findIndex(({ runId }) => runId === base)
  return (
    <ul className="tele-compare-findings tele-lead" aria-label="What differs">
      {runs.map((run, i) => {
        const comparison = comparisons.get(run.runId)
        const held = runs[at]
        if (!comparison) return null
        const finding = held ? findingAgainst(comparison, held, letterOf(at)) : findingOf(comparison)
        return <Finding key={run.runId} name={`${letterOf(i)} ${runTitle(run)}`} finding={finding} />
      })}
    </ul>
  )
}

function Finding({ name, finding }: { readonly name: string; readonly finding: RunFinding }): ReactElement {
  const { failures, words } = finding
  return (
    <li>
      <b>{name}:</b>
      {failures !== undefined && <span>{failures}</span>}
      <TrendMark shape={words.shape} size={words.size} word={words.phrase} isMuted={words.isPartial} />
    </li>
  )
}
