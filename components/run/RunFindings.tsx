import type { ReactElement } from 'react'
import type { HistoricalRun, RunComparison } from '../../types'
import { describeEstimate } from '../../utils/comparison/describeEstimate'
import { earlierHref } from '../../utils/comparison/earlierQuery'
import { whatChanged } from '../../utils/comparison/whatChanged'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { describeOutcome } from '../../utils/format/describeOutcome'
import { sceneName } from '../../utils/format/sceneName'
import { useEarlier } from '../../utils/hooks'
import { failureOf, type RunFailure } from '../../utils/run/failureOf'
import { runViewHref } from '../../utils/run/runView'
import { TrendMark } from '../ui/TrendMark'

/** What is to be said of a run before anything is looked at: what changed if it was slower, what failed, how it compares. */
export function RunFindings(props: {
  readonly run: HistoricalRun
  /** Undefined while it is not known. */
  readonly comparison: RunComparison | undefined
}): ReactElement {
  const { run, comparison } = props
  const failure = failureOf(run)
  return (
    <section className="tele-findings" aria-label="Findings">
      {comparison && <WhatChanged comparison={comparison} />}
      {failure && <Failure run={run} failure={failure} />}
      <Verdicts comparison={comparison} />
    </section>
  )
}

function WhatChanged({ comparison }: { readonly comparison: RunComparison }): ReactElement | null {
  if (comparison.evidence.duration?.verdict !== 'worse') return null
  const changes = whatChanged(comparison.current, comparison.historical)
  return (
    <p>
      {changes === undefined
        ? 'It was slower, and nothing that is recorded about it changed.'
        : `It was slower, and with it changed: ${changes}.`}
    </p>
  )
}

function Failure({
  run,
  failure,
}: {
  readonly run: HistoricalRun
  readonly failure: RunFailure
}): ReactElement {
  const { scene, kind, attempt, vramFreeMin } = failure
  const why = describeOutcome({ reason: kind.reason, error: kind.error, policy: run.policy })
  const earlier = useEarlier(kind, run.timestamp)
  const where = [
    attempt,
    vramFreeMin === undefined ? undefined : `least free VRAM ${formatGigabytes(vramFreeMin)}`,
  ].flatMap((part) => part ?? [])
  return (
    <p className="tele-lead">
      <a href={runViewHref(run.runId, { tab: 'scenes', scene: scene.sceneId })}>{sceneName(scene.sceneId)}</a>
      : {why} <span className="tele-muted">{where.length > 0 && `(${where.join(', ')}) `}</span>
      {earlier && earlier.count > 0 && <a href={earlierHref(kind)}>{earlier.count} earlier</a>}
    </p>
  )
}

function Verdicts({ comparison }: { readonly comparison: RunComparison | undefined }): ReactElement {
  const duration = describeEstimate(comparison?.evidence.duration, 'duration')
  const failures = describeEstimate(comparison?.evidence.successRate, 'failures')
  return (
    <ul className="tele-verdicts" aria-busy={!comparison}>
      {comparison && (
        <>
          <li>
            <TrendMark shape={duration.shape} size={duration.size} word={duration.phrase} />
          </li>
          <li>
            <TrendMark shape={failures.shape} word={`failures: ${failures.phrase}`} />
          </li>
        </>
      )}
    </ul>
  )
}
