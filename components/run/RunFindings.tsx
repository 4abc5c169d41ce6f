import { Fragment, type ReactElement } from 'react'
import type { HistoricalRun, RunComparison } from '../../types'
import { describeEstimate } from '../../utils/comparison/describeEstimate'
import { durationWords } from '../../utils/comparison/durationWords'
import { earlierHref } from '../../utils/comparison/earlierQuery'
import { whatChanged } from '../../utils/comparison/whatChanged'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { describeOutcome } from '../../utils/format/describeOutcome'
import { count, whole } from '../../utils/format/formatCount'
import { sceneName } from '../../utils/format/sceneName'
import { useEarlier, useServerLabels } from '../../utils/hooks'
import { failuresOf, type RunFailure } from '../../utils/run/failuresOf'
import { runViewHref } from '../../utils/run/runView'
import { TrendMark } from '../ui/TrendMark'

/** What is to be said of a run before anything is looked at: what changed if it was slower, what failed, how it compares. */
export function RunFindings(props: {
  readonly run: HistoricalRun
  /** Undefined while it is not known. */
  readonly comparison: RunComparison | undefined
}): ReactElement {
  const { run, comparison } = props
  return (
    <section className="tele-findings" aria-label="Findings">
      <Failures run={run} />
      {comparison && <WhatChanged comparison={comparison} />}
      <Verdicts comparison={comparison} />
    </section>
  )
}

/** So many are explained; more are named. */
const MAX_SAID = 3
const MAX_NAMED = 6

function Failures({ run }: { readonly run: HistoricalRun }): ReactElement {
  const failures = failuresOf(run)
  const named = failures.slice(MAX_SAID, MAX_SAID + MAX_NAMED)
  const others = failures.length - MAX_SAID - named.length
  return (
    <>
      {failures.slice(0, MAX_SAID).map((failure) => (
        <Failure key={failure.scene.sceneId} run={run} failure={failure} />
      ))}
      {named.length > 0 && (
        <p>
          {whole(failures.length - MAX_SAID)} more failed or timed out:{' '}
          {named.map(({ scene }, at) => (
            <Fragment key={scene.sceneId}>
              {at > 0 && ', '}
              <SceneLink run={run} sceneId={scene.sceneId} />
            </Fragment>
          ))}
          {others > 0 && ` and ${count(others, 'other')}`}.
        </p>
      )}
    </>
  )
}

const SceneLink = (props: { readonly run: HistoricalRun; readonly sceneId: string }): ReactElement => (
  <a href={runViewHref(props.run.runId, { tab: 'scenes', scene: props.sceneId })}>
    {sceneName(props.sceneId)}
  </a>
)

function WhatChanged({ comparison }: { readonly comparison: RunComparison }): ReactElement | null {
  const servers = useServerLabels()
  if (comparison.evidence.duration?.verdict !== 'worse' || comparison.current.status === 'running')
    return null
  if (!servers) return null
  const changes = whatChanged(comparison.current, comparison.historical, servers)
  return (
    <p>
      {changes === undefined
        ? 'It was slower, and nothing that is recorded of it is new: earlier runs had the same.'
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
      <SceneLink run={run} sceneId={scene.sceneId} />: {why}{' '}
      <span className="tele-muted">{where.length > 0 && `(${where.join(', ')}) `}</span>
      {earlier && earlier.count > 0 && <a href={earlierHref(kind)}>{earlier.count} earlier</a>}
    </p>
  )
}

/** Nothing where nothing is like the run, or it goes on: the card beside says so. */
function Verdicts({ comparison }: { readonly comparison: RunComparison | undefined }): ReactElement | null {
  if (comparison?.historical.length === 0 || comparison?.current.status === 'running') return null
  return (
    <ul className="tele-verdicts" aria-busy={!comparison}>
      {comparison && <VerdictLines comparison={comparison} />}
    </ul>
  )
}

/** What failed first: whoever was quick at the rest of it was not better. */
function VerdictLines({ comparison }: { readonly comparison: RunComparison }): ReactElement {
  const duration = durationWords(comparison)
  const failures = describeEstimate(comparison.evidence.successRate, 'failures')
  const isDirected = failures.shape === 'worse' || failures.shape === 'better'
  const lines = [
    <li key="duration">
      <TrendMark
        shape={duration.shape}
        size={duration.size}
        word={duration.phrase}
        isMuted={duration.isPartial}
      />
    </li>,
    <li key="failures">
      <TrendMark
        shape={failures.shape}
        word={isDirected ? failures.phrase : `failures: ${failures.phrase}`}
      />
    </li>,
  ]
  return <>{duration.isPartial ? lines.reverse() : lines}</>
}
