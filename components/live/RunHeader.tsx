import type { ReactElement } from 'react'
import type { SceneMark } from '../../utils/format/describeOutcome'
import { formatRoughly } from '../../utils/format/formatDuration'
import { formatWhen } from '../../utils/format/formatTime'
import { runTitle } from '../../utils/format/runTitle'
import { useLive, useNow, useTimeLeft } from '../../utils/hooks'
import type { RunProgress } from '../../utils/live/runProgress'
import { RunActions } from '../generate/RunActions'
import { SceneStrip } from './SceneStrip'

const COUNTED: readonly SceneMark[] = ['completed', 'failed', 'timeout', 'skipped', 'executing', 'queued']

/** What one looks for first: which run, how far, how long still; below it every scene as one cell. */
export function RunHeader({ progress }: { readonly progress: RunProgress }): ReactElement {
  const { run, counts, done, of, isOver } = progress
  const left = useTimeLeft(progress)
  const isSaved = useLive((state) => state.connection.status === 'static')
  const ahead = of - done - counts.executing - counts.queued
  return (
    <header className="tele-run-header">
      <h1>
        <span className="tele-run-name">{runTitle(run)}</span>{' '}
        <span className="tele-run-count">
          {done} of {of} scenes
        </span>
      </h1>
      <p className="tele-run-left">
        {isOver
          ? endWords(progress)
          : left === undefined
            ? 'Time left: cannot tell yet'
            : `${formatRoughly(left)} left`}
        {isSaved && <SavedWhen at={run?.lastAt} />}
      </p>
      <SceneStrip progress={progress} />
      <p className="tele-run-tally">
        {COUNTED.filter((mark) => counts[mark] > 0)
          .map((mark) => `${counts[mark]} ${mark}`)
          .concat(ahead > 0 ? [`${ahead} not queued yet`] : [])
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

function endWords({ run, counts, of }: RunProgress): string {
  if (run?.event === 'stopped') return 'Stopped'
  return counts.completed === of ? 'All scenes completed' : 'Ended'
}
