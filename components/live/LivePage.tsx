import { useMemo, useState, type ReactElement } from 'react'
import type { LiveRun, LiveState, RealtimeState } from '../../types'
import { runHref, useLive, useLiveHref, useRunProgress } from '../../utils/hooks'
import type { AwayPeriod } from '../../utils/away/awaySummary'
import { describeFallback } from '../../utils/format/describeConnection'
import { runTitle } from '../../utils/format/runTitle'
import { gapSentence } from '../../utils/live/gapSentence'
import type { RunProgress } from '../../utils/live/runProgress'
import { UnfinishedRuns } from '../generate/UnfinishedRuns'
import { useContainerSize } from '../ui/useContainerSize'
import { AwayCard } from './AwayCard'
import { EventLog } from './EventLog'
import { GpuPanel } from './GpuPanel'
import { LiveEmpty } from './LiveEmpty'
import { RunHeader } from './RunHeader'
import { SceneCard } from './SceneCard'
import { SceneRow } from './SceneRow'
import { NewerElsewhere, ServerStrip } from './ServerStrip'
import './LivePage.css'

/** What runs now on one server: the run that is asked for, else this tab's own, else the one that executes. `server` is the one that is shown. */
export function LivePage(props: {
  readonly runId?: string | undefined
  readonly server: string | null
  /** The address names a server that is not in the list. */
  readonly isServerUnknown: boolean
  readonly away: { readonly period: AwayPeriod | null; readonly dismiss: () => void }
}): ReactElement {
  const { runId, server, isServerUnknown, away } = props
  const progress = useRunProgress(runId)
  const status = useLive((state) => state.connection.status)
  const { ref, isNarrow } = useContainerSize<HTMLDivElement>()
  const isMuted = status !== 'live' && status !== 'replaying'
  return (
    <div ref={ref} className={`tele-live${isMuted ? ' tele-live-muted' : ''}`}>
      <ServerStrip shown={server} />
      {isServerUnknown && (
        <p>The server that this address names is not in the list. The first one is shown instead.</p>
      )}
      {runId === undefined && <NewerElsewhere shown={server} />}
      {away.period && <AwayCard key={away.period.to} period={away.period} onDismiss={away.dismiss} />}
      <StreamNotes />
      <LossNote />
      <UnfinishedRuns />
      {progress.run ? (
        <Run progress={progress} isNarrow={isNarrow} isPinned={runId !== undefined} />
      ) : runId === undefined ? (
        <LiveEmpty />
      ) : (
        <NotLive runId={runId} />
      )}
    </div>
  )
}

function Run(props: {
  readonly progress: RunProgress
  readonly isNarrow: boolean
  readonly isPinned: boolean
}): ReactElement {
  const { progress, isNarrow, isPinned } = props
  const liveOf = useLiveHref()
  return (
    <>
      {isPinned && (
        <p>
          <a href={liveOf()}>Show the newest run</a>
        </p>
      )}
      <RunHeader progress={progress} />
      <OtherRuns shown={progress.run?.runId} />
      {isNarrow ? <NarrowBody progress={progress} /> : <WideBody progress={progress} />}
    </>
  )
}

function WideBody({ progress }: { readonly progress: RunProgress }): ReactElement {
  return (
    <div className="tele-live-columns">
      <section aria-labelledby="tele-scenes-title">
        <ScenesHead />
        <ul className="tele-cards">
          {progress.keys.map((key) => (
            <SceneCard key={key} sceneKey={key} />
          ))}
        </ul>
      </section>
      <aside>
        <GpuPanel />
        <EventLog />
      </aside>
    </div>
  )
}

function ScenesHead(): ReactElement {
  return (
    <div className="tele-scenes-head">
      <h2 id="tele-scenes-title">Scenes</h2>
      <a className="tele-button" href="#/generate">
        Generate…
      </a>
    </div>
  )
}

function NarrowBody({ progress }: { readonly progress: RunProgress }): ReactElement {
  const { current, keys } = progress
  return (
    <>
      {current !== undefined && (
        <ul className="tele-cards">
          <SceneCard key={current} sceneKey={current} />
        </ul>
      )}
      <GpuPanel isFolded />
      <section aria-labelledby="tele-scenes-title">
        <ScenesHead />
        <ul className="tele-scene-rows">
          {keys.map((key) => (
            <SceneRow key={key} sceneKey={key} />
          ))}
        </ul>
      </section>
      <details className="tele-fold">
        <summary>Events</summary>
        <EventLog />
      </details>
    </>
  )
}

function NotLive({ runId }: { readonly runId: string }): ReactElement {
  const liveOf = useLiveHref()
  return (
    <section className="tele-card tele-empty">
      <h1>This run is not live</h1>
      <p>
        It ended a while ago, or was never here. <a href={runHref(runId)}>Look for it in the history</a>, or{' '}
        <a href={liveOf()}>show the newest run</a>.
      </p>
    </section>
  )
}

/** Runs that go on beside the one that is shown. */
function OtherRuns({ shown }: { readonly shown: string | undefined }): ReactElement | null {
  const liveOf = useLiveHref()
  const select = useMemo(() => createOthersSelector(shown), [shown])
  const others = useLive(select)
  if (others.length === 0) return null
  return (
    <p className="tele-other-runs">
      Also here:{' '}
      {others.map((run) => (
        <a key={run.runId} href={liveOf(run.runId)}>
          {runTitle(run)}
        </a>
      ))}
    </p>
  )
}

const MAX_OTHERS = 3

function createOthersSelector(shown: string | undefined): (state: LiveState) => readonly LiveRun[] {
  let last: readonly LiveRun[] = []
  return (state) => {
    const open = new Set(
      [...state.scenes.values()].flatMap(({ status, runId }) =>
        status === 'executing' || status === 'queued' ? (runId ?? []) : [],
      ),
    )
    const next = state.runs.filter(({ runId }) => runId !== shown && open.has(runId)).slice(0, MAX_OTHERS)
    if (
      next.length !== last.length ||
      next.some((run, i) => run.runId !== last[i]?.runId || run.runName !== last[i]?.runName)
    )
      last = next
    return last
  }
}

/** What the stream can't tell, in sentences. */
function StreamNotes(): ReactElement | null {
  const problem = useLive((state) => state.problem)
  const limits = useLive(({ connection }) =>
    connection.status === 'fallback' ? describeFallback(connection) : undefined,
  )
  const isSaved = useLive((state) => state.connection.status === 'static')
  const offset = useLive((state) => Math.round((state.server?.clockOffset ?? 0) / 1_000))
  const notes = [
    problem,
    isSaved ? SAVED_NOTE : undefined,
    limits && `${limits} Install the node with npm run install-node to have all of it.`,
    Math.abs(offset) > 5
      ? `The server’s clock is ${Math.abs(offset)} s ${offset > 0 ? 'behind' : 'ahead of'} this one. Ages are counted by this one, the history keeps the server’s.`
      : undefined,
  ].filter((note) => note !== undefined)
  if (notes.length === 0) return null
  return (
    <div className="tele-notes">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}

/** Scene events that are gone; what was merely late stands in the events. */
function LossNote(): ReactElement | null {
  const gap = useLive(lastLoss)
  const [closed, setClosed] = useState<RealtimeState['gaps'][number]>()
  if (!gap || gap === closed) return null
  return (
    <div className="tele-notes tele-loss">
      <p>{gapSentence(gap)}</p>
      <button type="button" className="tele-button tele-button-quiet" onClick={() => setClosed(gap)}>
        Close
      </button>
    </div>
  )
}

const lastLoss = ({ gaps }: LiveState): RealtimeState['gaps'][number] | undefined =>
  gaps.findLast(({ lost }) => lost !== 0)

const SAVED_NOTE =
  'Shown are the saved figures of this page’s artifact file. The stream takes over when a server answers.'
