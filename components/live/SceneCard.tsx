import { memo, type ReactElement } from 'react'
import type { ExpectedTime, RealtimeTelemetryUpdate } from '../../types'
import { describeOutcome, markOf } from '../../utils/format/describeOutcome'
import { formatAge, formatDuration, formatWhole } from '../../utils/format/formatDuration'
import { isSaved } from '../../utils/live/isSaved'
import { isUnheard } from '../../utils/live/unheardSince'
import { useExpectedTime, useLive, useScene } from '../../utils/hooks'
import { sceneName } from '../../utils/format/sceneName'
import { OutputFiles } from '../outputs/OutputFiles'
import { CardTitle } from '../ui/CardTitle'
import { RunningText } from '../ui/RunningText'
import { SceneButton } from './SceneButton'
import { StatusWord, statusWord } from './StatusWord'
import './SceneCard.css'

/** A live scene as a card of fixed size; renders for its own scene alone. */
export const SceneCard = memo(function SceneCard(props: { readonly sceneKey: string }): ReactElement | null {
  const { update, receivedAt } = useScene(props.sceneKey)
  const usual = useExpectedTime(update?.status === 'executing' ? update : undefined)
  const isPast = useLive(isUnheard)
  if (!update) return null
  const mark = markOf(update.status, update.exitReason)
  const attempt = attemptWords(update)
  const isExecuting = update.status === 'executing'
  const age = receivedAt !== undefined && <Age receivedAt={receivedAt} />
  return (
    <li
      className={`tele-card tele-scene tele-scene-${mark}${isPast ? ' tele-scene-past' : ''}`}
      aria-label={[sceneName(update.sceneId), statusWord(mark, isPast), attempt].filter(Boolean).join(', ')}
    >
      <div className="tele-scene-head">
        <CardTitle level={3}>
          <SceneButton update={update} />
        </CardTitle>
        <StatusWord mark={mark} isUnheard={isPast} />
        {isSaved(update) && <span className="tele-scene-age">Saved</span>}
        {isExecuting && !isPast && age}
      </div>
      <div className="tele-scene-time">
        <Elapsed update={update} receivedAt={receivedAt} />
        {isExecuting && (isPast ? age : <UsualTime usual={usual} />)}
      </div>
      <Progress update={update} />
      <div className="tele-scene-end">
        <p className="tele-scene-foot">{footOf(update, attempt)}</p>
        <OutputFiles files={update.outputs} source={update.source} isTiny />
      </div>
    </li>
  )
})

function Age({ receivedAt }: { readonly receivedAt: number }): ReactElement {
  const text = (now: number): string => {
    const seconds = Math.floor(Math.max(0, now - receivedAt) / 1_000)
    return seconds === 0 ? 'now' : formatAge(seconds * 1_000)
  }
  return <RunningText className="tele-scene-age" text={text} />
}

/** So long a running time goes on by itself: after that nobody knows whether the scene still runs. */
const GOES_ON_MS = 5_000

function Elapsed(props: {
  readonly update: RealtimeTelemetryUpdate
  readonly receivedAt: number | undefined
}): ReactElement {
  const { status, duration } = props.update
  if (status === 'queued') return <span className="tele-scene-elapsed tele-muted">waiting</span>
  if (duration === undefined) return <span className="tele-scene-elapsed tele-muted">time not measured</span>
  if (status !== 'executing') return <span className="tele-scene-elapsed">{formatDuration(duration)}</span>
  const since = props.receivedAt
  const text = (now: number): string => {
    const more = since === undefined ? 0 : Math.min(GOES_ON_MS, Math.max(0, now - since))
    return formatWhole(duration + more)
  }
  return <RunningText className="tele-scene-elapsed" text={text} />
}

function UsualTime({ usual }: { readonly usual: ExpectedTime | null }): ReactElement | null {
  if (!usual) return null
  return (
    <span className="tele-muted" title={`Median of ${usual.n} earlier scenes like it`}>
      usually {formatDuration(usual.median)} · n {usual.n}
    </span>
  )
}

function Progress({ update }: { readonly update: RealtimeTelemetryUpdate }): ReactElement {
  const { progress, status } = update
  const isShown = progress !== undefined && progress.max > 0 && status === 'executing'
  return (
    <div className="tele-bar" aria-hidden="true">
      {isShown && <span style={{ inlineSize: `${Math.min(100, (100 * progress.value) / progress.max)}%` }} />}
    </div>
  )
}

function footOf(update: RealtimeTelemetryUpdate, attempt: string | undefined): string {
  const { progress, status } = update
  const why = describeOutcome({ reason: update.exitReason, error: update.error, policy: update.policy })
  if (why !== undefined) return why
  if (status !== 'executing' || !progress)
    return attempt ?? (update.cold && status === 'completed' ? 'The models were loaded first' : '')
  const steps = `${progress.nodeType ?? 'Node'} ${progress.value} of ${progress.max}`
  return attempt === undefined ? steps : `${steps} · ${attempt}`
}

function attemptWords({ attempt, policy, status }: RealtimeTelemetryUpdate): string | undefined {
  if (attempt === undefined || (attempt === 1 && status !== 'executing')) return undefined
  if (policy) return `attempt ${attempt} of ${Math.max(attempt, policy.sceneRetryBudget + 1)}`
  return attempt > 1 ? `attempt ${attempt}` : undefined
}
