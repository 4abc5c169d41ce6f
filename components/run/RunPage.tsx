import { useEffect, useRef, type ReactElement } from 'react'
import type { AttemptRecord, HistoricalRun, HistoricalSceneMetrics } from '../../types'
import { describeOutcome, markOf, markOfSaved } from '../../utils/format/describeOutcome'
import { formatGigabytes } from '../../utils/format/formatBytes'
import { formatDuration, plural, THIN } from '../../utils/format/formatDuration'
import { formatClock, formatExact } from '../../utils/format/formatTime'
import { sceneName } from '../../utils/format/sceneName'
import { slowestNodes } from '../../utils/format/slowestNodes'
import { useSavedRun, useSourceLabels } from '../../utils/hooks'
import { RunStatusWord } from '../history/RunStatusWord'
import { RunActions } from '../generate/RunActions'
import { OutputFiles } from '../outputs/OutputFiles'
import { CardTitle } from '../ui/CardTitle'
import { StatusWord } from '../live/StatusWord'
import './RunPage.css'

/** One saved run: its sentence, its scenes, and every attempt of each. */
export function RunPage(props: { readonly runId: string; readonly scene: string | undefined }): ReactElement {
  const { run, loading, error } = useSavedRun(props.runId)
  return (
    <div className="tele-run">
      <p>
        <a href="#/history">← History</a>
      </p>
      {error !== null && <p role="alert">{error}</p>}
      {!run && !loading && error === null && (
        <section className="tele-card tele-empty">
          <h1>No such run here</h1>
          <p>
            This browser has no run of that name. It may be in the history of another address or port, or was
            deleted. <a href="#/history">All runs</a>
          </p>
        </section>
      )}
      {run && <Run run={run} scene={props.scene} />}
    </div>
  )
}

function Run({
  run,
  scene,
}: {
  readonly run: HistoricalRun
  readonly scene: string | undefined
}): ReactElement {
  const sentence = worst(run)
  const server = useSourceLabels()?.get(run.source ?? '')
  const succeeded = run.scenes.filter(({ status }) => status === 'success').length
  return (
    <>
      <header>
        <h1>
          {run.runName ?? 'Prompts without a run'},{' '}
          <time dateTime={new Date(run.timestamp).toISOString()}>{formatExact(run.timestamp)}</time>
        </h1>
        <p className="tele-run-facts">
          <RunStatusWord status={run.status} />
          {server !== undefined && <span>on {server}</span>}
          <span>
            {succeeded} of {plural(Math.max(run.sceneCount ?? 0, run.scenes.length), 'scene')}
          </span>
          {run.averageDuration !== undefined && (
            <span>{formatDuration(run.averageDuration)} a scene on average</span>
          )}
          {run.gpuAverageFree !== undefined && (
            <span>{formatGigabytes(run.gpuAverageFree)} of VRAM free on average</span>
          )}
          {run.tags?.map((tag) => (
            <span key={tag} className="tele-tag">
              {tag}
            </span>
          ))}
        </p>
        {run.status !== 'running' && <RunActions runId={run.runId} failed={failedOf(run)} isOver />}
        {sentence !== undefined && <p className="tele-lead">{sentence}</p>}
        {unknownScenes(run) > 0 && (
          <p className="tele-muted">
            {plural(unknownScenes(run), 'scene')} of {run.sceneCount}{' '}
            {run.status === 'running' ? 'did not end yet' : 'are not known'}.
          </p>
        )}
      </header>
      <ul className="tele-run-scenes">
        {run.scenes.map((each) => (
          <Scene key={each.sceneId} scene={each} isAsked={each.sceneId === scene} run={run} />
        ))}
      </ul>
    </>
  )
}

const unknownScenes = (run: HistoricalRun): number => Math.max(0, (run.sceneCount ?? 0) - run.scenes.length)

/** The sentence of the first scene that did not succeed. */
function worst(run: HistoricalRun): string | undefined {
  const scene = run.scenes.find(({ status }) => status === 'failed' || status === 'timeout')
  const why = scene && describeOutcome({ reason: scene.exitReason, error: scene.error, policy: run.policy })
  return why === undefined ? undefined : `${sceneName(scene?.sceneId ?? '')}: ${why}`
}

function Scene(props: {
  readonly scene: HistoricalSceneMetrics
  readonly run: HistoricalRun
  readonly isAsked: boolean
}): ReactElement {
  const { scene, run, isAsked } = props
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isAsked) item.current?.scrollIntoView({ block: 'center' })
  }, [isAsked])
  const why = describeOutcome({ reason: scene.exitReason, error: scene.error, policy: run.policy })
  const attempts = scene.attemptLog ?? []
  const lastWithFiles = attempts.findLast(({ outputs }) => outputs && outputs.length > 0)
  return (
    <li ref={item} className={`tele-card${isAsked ? ' tele-selected' : ''}`}>
      <div className="tele-scene-head">
        <CardTitle level={2}>{sceneName(scene.sceneId)}</CardTitle>
        <StatusWord mark={markOfSaved(scene.status)} />
        <span className="tele-figure">
          {scene.duration === undefined ? 'time not measured' : formatDuration(scene.duration)}
        </span>
        {scene.gpuVramFreeMin !== undefined && (
          <span className="tele-muted">least free VRAM {formatGigabytes(scene.gpuVramFreeMin)}</span>
        )}
        {scene.cached !== undefined && scene.cached > 0 && (
          <span className="tele-muted">
            {Math.round(scene.cached * 100)}
            {THIN}% from cache
          </span>
        )}
      </div>
      {why !== undefined && <p>{why}</p>}
      <OutputFiles files={lastWithFiles?.outputs} source={lastWithFiles?.source} />
      {attempts.length > 0 && (
        <details open={attempts.length > 1}>
          <summary>{plural(attempts.length, 'attempt')}</summary>
          <AttemptTable attempts={attempts} run={run} />
        </details>
      )}
    </li>
  )
}

function AttemptTable({
  attempts,
  run,
}: {
  readonly attempts: readonly AttemptRecord[]
  readonly run: HistoricalRun
}): ReactElement {
  return (
    <div className="tele-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Queued</th>
            <th scope="col">Ended as</th>
            <th scope="col" className="tele-number">
              In queue
            </th>
            <th scope="col" className="tele-number">
              Took
            </th>
            <th scope="col" className="tele-number">
              Free VRAM, mean
            </th>
            <th scope="col" className="tele-number">
              GPU busy, mean
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.promptId ?? attempt.attempt}>
              <td>{attempt.attempt}</td>
              <td>{attempt.queuedAt === undefined ? '–' : formatClock(attempt.queuedAt)}</td>
              <td
                title={describeOutcome({
                  reason: attempt.exitReason,
                  error: attempt.error,
                  policy: run.policy,
                })}
              >
                <StatusWord
                  mark={markOf(attempt.exitReason === 'success' ? 'completed' : 'failed', attempt.exitReason)}
                />
              </td>
              <td className="tele-number">
                {attempt.queueWait === undefined ? '–' : formatDuration(attempt.queueWait)}
              </td>
              <td className="tele-number">
                {attempt.duration === undefined ? '–' : formatDuration(attempt.duration)}
              </td>
              <td className="tele-number">
                {attempt.gpu?.vramFreeMean === undefined ? '–' : formatGigabytes(attempt.gpu.vramFreeMean)}
              </td>
              <td className="tele-number">
                {attempt.gpu?.utilizationMean === undefined
                  ? '–'
                  : `${Math.round(attempt.gpu.utilizationMean)}${THIN}%`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <NodeTimes attempts={attempts} />
    </div>
  )
}

/** Where the last attempt's time went: the slowest nodes first. */
function NodeTimes({ attempts }: { readonly attempts: readonly AttemptRecord[] }): ReactElement | null {
  const times = attempts.at(-1)?.nodeTimes
  if (!times || times.length === 0)
    return <p className="tele-muted">Node times are missing for this attempt.</p>
  const slowest = slowestNodes(times, 5)
  if (slowest.length === 0) return null
  return (
    <p className="tele-muted">
      Slowest nodes: {slowest.map(({ nodeType, ms }) => `${nodeType} ${formatDuration(ms)}`).join(', ')}.
    </p>
  )
}

const failedOf = ({ scenes }: HistoricalRun): number =>
  scenes.filter(({ status }) => status === 'failed' || status === 'timeout').length
