import type { ReactElement } from 'react'
import type { SceneMark } from '../../utils/format/describeOutcome'
import { formatRoughly } from '../../utils/format/formatDuration'
import { sceneTally } from '../../utils/format/sceneTally'
import { formatWhen } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { useGenerations, useLive, useNow, useTimeLeft } from '../../utils/hooks'
import type { RunProgress } from '../../utils/live/runProgress'
import { unheardSince } from '../../utils/live/unheardSince'
import { RunActions } from '../generate/RunActions'
import { AsOf } from './AsOf'
import { SceneStrip } from './SceneStrip'
import { statusWord } from './StatusWord'
import './RunHeader.css'

const COUNTED: readonly SceneMark[] = ['completed', 'failed', 'timeout', 'skipped', 'executing', 'queued']

/** What one looks for first: which run, how far, how long still; below it every scene as one cell. */
export function RunHeader({ progress }: { readonly progress: RunProgress }): ReactElement {
  const { run, counts, done, of, isOver } = progress
  const left = useTimeLeft(progress)
  const isSaved = useLive((state) => state.connection.status === 'static')
  const unheard = useLive(unheardSince)
  const isOurs = useGenerations().some(({ runId }) => runId === run?.runId)
  const isIdle = !isOurs && counts.executing + counts.queued === 0
  const ahead = of - done - counts.executing - counts.queued
  return (
    <header className="tele-run-header">
      <h1>
        <span className="tele-run-name">{runTitle(run)}</span>{' '}
        <span className="tele-run-count">{sceneTally(counts, of)}</span>
      </h1>
      <p className="tele-run-left">
        {isOver ? (
          endWords(progress)
        ) : unheard !== undefined ? (
          <AsOf since={unheard} />
        ) : isIdle ? (
          NOTHING_QUEUED
        ) : (
          leftWords(left)
        )}
        {isSaved && <SavedWhen at={run?.lastAt} />}
      </p>
      <SceneStrip progress={progress} />
      <p className="tele-run-tally">
        {COUNTED.filter((mark) => counts[mark] > 0)
          .map((mark) => `${counts[mark]} ${statusWord(mark, unheard !== undefined)}`)
          .concat(ahead > 0 ? [`${ahead} ${isOver ? 'never queued' : 'not queued yet'}`] : [])
          .join(' · ')}
      </p>
      {run && (
        <RunActions runId={run.runId} failed={isOver ? counts.failed + counts.timeout : 0} isOver={isOver} />
      )}
    </header>
  )
}

function SavedWhen({ at }: { readonly at: number | undefined }): ReactElement {
  const now = useNow(60_000)
  return <> · saved{at === undefined ? '' : ` ${formatWhen(at, now)}`}</>
}

/** Its next scene may come, or nobody queues it any more: what is past says nothing of when it ends. */
const NOTHING_QUEUED = 'No scene is queued at the moment'

const leftWords = (left: number | undefined): string =>
  left === undefined ? 'Time left: cannot tell yet' : `${formatRoughly(left)} left`

function endWords({ run, counts, of }: RunProgress): string {
  if (run?.event === 'stopped') return 'Stopped'
  return counts.completed === of ? 'All scenes completed' : 'Ended'
}
